package org.explain4j.reports.sections;

import java.util.Map;
import java.util.Optional;

/** What the scores of the built-in metrics are called in charts, and what they are. */
final class ScoreNames {
  /** A name, and a sentence on what it is. */
  private record Entry(String title, String meaning) {}

  private static final Map<String, Entry> KNOWN =
      Map.of(
          "mean-probability",
          new Entry(
              "mean probability of the class",
              "the class's probability while patches are replaced, the most relevant first, as a"
                  + " mean over all steps."),
          "mean-probability-16-percent",
          new Entry(
              "the same, first 16 %",
              "the same over the first 16 % of the patches, the paper's share."),
          "aopc",
          new Entry(
              "drop of the probability (AOPC)",
              "the probability before minus that while patches are replaced, as a mean over all"
                  + " steps (AOPC)."),
          "area-between",
          new Entry(
              "area between the curves",
              "the area between the curves with the least and with the most relevant patches"
                  + " replaced first."));

  private ScoreNames() {}

  static String title(String score) {
    return KNOWN.containsKey(score) ? KNOWN.get(score).title() : score;
  }

  /** A sentence; empty for scores of other metrics, whose summary says what they measure. */
  static Optional<String> meaning(String score) {
    return Optional.ofNullable(KNOWN.get(score)).map(Entry::meaning);
  }
}
