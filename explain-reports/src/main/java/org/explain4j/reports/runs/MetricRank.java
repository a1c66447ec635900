package org.explain4j.reports.runs;

import org.explain4j.api.Group;

/**
 * A row of {@code ranks.csv}: the rank of a method among those of its group by one score.
 *
 * @param setting of a sweep that the score was measured in; empty for a run of its own
 * @param rank 1 for the best; methods with equal scores share the mean of their ranks
 * @param methods of the group that have a score
 */
public record MetricRank(
    String setting,
    String metric,
    String family,
    String score,
    Group group,
    String explainer,
    double rank,
    long methods) {}
