package org.explain4j.reports.runs;

import org.explain4j.api.Group;

/**
 * A row of {@code metric-agreement.csv}: whether two metrics order the methods of a group alike.
 *
 * @param tau Kendall's tau-b of the methods' ranks, 1 for the same order and -1 for the opposite;
 *     in a sweep the mean over its settings
 */
public record MetricAgreement(Group group, String metricA, String metricB, double tau) {}
