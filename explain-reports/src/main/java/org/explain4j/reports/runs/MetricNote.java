package org.explain4j.reports.runs;

import java.util.Optional;

/**
 * A row of {@code notes.csv}: a metric's remark on its settings, or why it was not run.
 *
 * @param key what the remark is about; {@code not run} if the metric has no scores for its cost
 * @param family of the metric; empty in files of older versions
 * @param explainer the method for which the metric was not run; empty if that is all of them
 */
public record MetricNote(
    String metric, String key, String value, Optional<String> family, Optional<String> explainer) {
  private static final String NOT_RUN = "not run";
  private static final String MEASURES = "measures";

  /** A remark on the metric's settings. */
  public static MetricNote of(String metric, String key, String value, String family) {
    return new MetricNote(metric, key, value, Optional.of(family), Optional.empty());
  }

  /** The only row of a metric that was not run. */
  public static MetricNote notRun(String metric, String why, String family) {
    return of(metric, NOT_RUN, why, family);
  }

  /** The row of a metric that was not run for one method. */
  public static MetricNote notRunFor(String explainer, String metric, String why, String family) {
    return new MetricNote(metric, NOT_RUN, why, Optional.of(family), Optional.of(explainer));
  }

  /** What a metric measures, in words. */
  public static MetricNote measures(String metric, String summary, String family) {
    return of(metric, MEASURES, summary, family);
  }

  /** Whether it says why the metric was not run, for a method or at all. */
  public boolean isNotRun() {
    return key.equals(NOT_RUN);
  }

  /** The remark as a part of a sentence. */
  public String text() {
    return key.equals(MEASURES) ? value : key + ": " + value;
  }
}
