package org.explain4j.reports.runs;

import java.util.Locale;
import org.explain4j.api.Group;

/**
 * A row of {@code ranking-tests.csv}: whether the metrics tell the methods of a group apart.
 *
 * @param metrics whose ranks are compared; in a sweep, those of each run
 * @param settings of a sweep that they are of; 1 for a run of its own
 * @param statistic Friedman's, corrected for ties
 * @param pValue of it
 * @param criticalDifference Nemenyi's: mean ranks that differ by more differ at the 5 % level
 * @param leftOut metrics that have no value of some method of the group or of any, separated by
 *     {@code ", "}
 */
public record RankingTest(
    Group group,
    long methods,
    long metrics,
    long settings,
    double statistic,
    double pValue,
    double criticalDifference,
    String leftOut) {
  /** The level of the tests. */
  public static final double LEVEL = .05;

  /** What the ranks are of, such as {@code 12 metrics}. */
  public String counted() {
    return settings == 1
        ? metrics + " metrics"
        : String.format(Locale.ROOT, "%d scores in %d settings", metrics, settings);
  }

  /** Fewer metrics rank nothing. */
  public static final int FEWEST_METRICS = 3;
}
