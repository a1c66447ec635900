package org.explain4j.reports.runs;

import org.explain4j.api.Group;

/**
 * A row of {@code rankings.csv}: how a method stands among those of its group, over all metrics.
 *
 * @param meanRank of its ranks over the metrics, 1 being the best
 * @param low lower end of the 95 % interval of the mean rank over resampled images
 * @param high its upper end
 * @param metrics how many ranks that is the mean of
 * @param best whether its mean rank is not significantly behind the group's smallest (Nemenyi)
 */
public record MeanRank(
    Group group,
    String explainer,
    double meanRank,
    double low,
    double high,
    long metrics,
    boolean best) {}
