package org.explain4j.reports.sections;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.runs.Score;

/**
 * Scores that are another score of the same metric, subtracted from a constant: a second column of
 * the same numbers.
 *
 * @param of what each redundant score is, in words
 */
record Redundant(Map<String, String> of) {
  private static final double NEARLY = 1e-6;

  /** Differences that are seen in print. */
  private static final double VISIBLE = 1e-3;

  static Redundant of(List<Score> scores) {
    List<String> names = RowSelection.distinct(scores, Score::score);
    Map<String, String> redundant = new LinkedHashMap<>();
    for (int i = 1; i < names.size(); i++) {
      for (String earlier : names.subList(0, i)) {
        Optional<Double> sum = sum(scores, earlier, names.get(i));
        if (sum.isPresent() && !redundant.containsKey(earlier)) {
          redundant.putIfAbsent(names.get(i), Numbers.measured(sum.get()) + " minus " + earlier);
        }
      }
    }
    return new Redundant(redundant);
  }

  /** What two scores add up to, if it is the same for all methods, of which there are several. */
  private static Optional<Double> sum(List<Score> scores, String a, String b) {
    List<Double> sums = new ArrayList<>();
    if (spread(RowSelection.where(scores, Score::score, a)) < VISIBLE) {
      return Optional.empty(); // equal scores add up to a constant with any others
    }
    for (Score row : RowSelection.where(scores, Score::score, a)) {
      RowSelection.where(scores, Score::score, b).stream()
          .filter(other -> other.explainer().equals(row.explainer()))
          .forEach(other -> sums.add(row.band().mean() + other.band().mean()));
    }
    boolean constant =
        sums.size() > 2 && sums.stream().allMatch(sum -> Math.abs(sum - sums.get(0)) < NEARLY);
    return constant ? Optional.of(sums.get(0)) : Optional.empty();
  }

  private static double spread(List<Score> rows) {
    DoubleSummaryStatistics means =
        rows.stream()
            .mapToDouble(row -> row.band().mean())
            .filter(Double::isFinite)
            .summaryStatistics();
    return means.getMax() - means.getMin();
  }

  List<String> scores() {
    return List.copyOf(of.keySet());
  }

  /** What the reader must know of the columns that are left out. */
  Optional<String> sentence() {
    List<String> parts = new ArrayList<>();
    of.forEach((score, words) -> parts.add(score + " is " + words + ", and has no column."));
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", parts));
  }
}
