package org.explain4j.reports.runs;

import java.util.Optional;

/**
 * A row of {@code notes.csv}: a metric's remark on its settings, or why it was not run.
 *
 * @param key what the remark is about; {@code not run} if the metric has no scores for its cost
 * @param family of the metric; empty in files of older versions
 */
public record MetricNote(String metric, String key, String value, Optional<String> family) {
  private static final String NOT_RUN = "not run";
  private static final String MEASURES = "measures";

  /** The only row of a metric that was not run. */
  public static MetricNote notRun(String metric, String why, String family) {
    return new MetricNote(metric, NOT_RUN, why, Optional.of(family));
  }

  /** What a metric measures, in words. */
  public static MetricNote measures(String metric, String summary, String family) {
    return new MetricNote(metric, MEASURES, summary, Optional.of(family));
  }

  public boolean isNotRun() {
    return key.equals(NOT_RUN);
  }

  /** The remark as a part of a sentence. */
  public String text() {
    return key.equals(MEASURES) ? value : key + ": " + value;
  }
}
