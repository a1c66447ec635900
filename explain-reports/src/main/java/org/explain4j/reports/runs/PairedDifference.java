package org.explain4j.reports.runs;

import org.explain4j.api.Group;

/**
 * A row of {@code comparisons.csv}: two methods of a group on the same images.
 *
 * @param difference mean of a minus b
 * @param low of the bootstrap 95 % interval of the difference
 * @param pValue of the Wilcoxon signed-rank test
 * @param images at which both have a value
 */
public record PairedDifference(
    String metric,
    String score,
    Group group,
    String explainerA,
    String explainerB,
    double difference,
    double low,
    double high,
    double pValue,
    long images) {}
