package org.explain4j.reports.runs;

import org.explain4j.api.Group;

/**
 * A row of {@code ranking-tests.csv}: whether the metrics tell the methods of a group apart.
 *
 * @param metrics whose ranks are compared; in a sweep, of each of its runs
 * @param statistic Friedman's, corrected for ties
 * @param pValue of it
 * @param criticalDifference Nemenyi's: mean ranks that differ by more differ at the 5 % level
 * @param leftOut metrics that some method of the group has no value of, separated by {@code ", "}
 */
public record RankingTest(
    Group group,
    long methods,
    long metrics,
    double statistic,
    double pValue,
    double criticalDifference,
    String leftOut) {
  /** The level of the tests. */
  public static final double LEVEL = .05;

  /** Fewer metrics rank nothing. */
  public static final int FEWEST_METRICS = 3;
}
