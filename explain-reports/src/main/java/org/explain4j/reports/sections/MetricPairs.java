package org.explain4j.reports.sections;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.runs.PairedDifference;
import org.explain4j.reports.runs.RunTable;
import org.explain4j.reports.runs.Score;

/**
 * Pairs of methods by one metric.
 *
 * @param scores that the metric gives
 */
record MetricPairs(Methods methods, List<Score> scores) {
  /** A table of more pairs is not read, and thousands of rows make a page slow. */
  private static final int MOST_PAIRS = 300;

  /** The table of some pairs; of very many, of those that a reader looks for. */
  Block of(List<PairedDifference> all) {
    List<PairedDifference> pairs = all.size() > MOST_PAIRS ? chosen(all) : all;
    List<TestTable.Row> rows = new ArrayList<>();
    for (PairedDifference pair : pairs) {
      List<String> words =
          List.of(
              pair.score(),
              Methods.name(pair.group()),
              pair.explainerA(),
              pair.isWithBaseline() ? MetricSections.RANDOM_ORDER : pair.explainerB(),
              pair.words().replace(Score.BASELINE, MetricSections.RANDOM_ORDER));
      String band = Numbers.interval(pair.test().band());
      rows.add(new TestTable.Row(words, band, pair.test(), pair.images()));
    }
    return new TestTable(List.of("score", "group", "a", "b", "verdict"), "a − b", "images")
        .of(
            "Pairs of methods of one group, and each method against a random order, on the same"
                + " images. better: p of the Wilcoxon signed-rank test, Holm-adjusted for all rows"
                + " of the group, is below .05; tie: the 90 % interval of the difference lies"
                + " inside the margin; otherwise undecided. In brackets: the bootstrap 95 %"
                + " interval; effect: matched rank-biserial correlation, positive where a is"
                + " larger."
                + (pairs.size() == all.size()
                    ? ""
                    : String.format(
                        Locale.ROOT,
                        " Only pairs with a random order, with the best of a group and with"
                            + " PatternNet or PatternAttribution; %s has all %,d.",
                        RunTable.COMPARISONS.file(),
                        all.size())),
            rows);
  }

  private List<PairedDifference> chosen(List<PairedDifference> all) {
    Map<String, Set<String>> named = new HashMap<>(); // by score
    for (String score : RowSelection.distinct(scores, Score::score)) {
      List<Score> own = RowSelection.where(scores, Score::score, score);
      Set<String> labels = named.computeIfAbsent(score, none -> new HashSet<>());
      for (List<String> group : methods.groups().values()) {
        Sentences.byMean(own, group).stream().map(Score::explainer).limit(1).forEach(labels::add);
        group.stream()
            .filter(label -> Sentences.ALWAYS_NAMED.contains(methods.ids().get(label)))
            .forEach(labels::add);
      }
    }
    return RowSelection.where(
        all,
        pair -> {
          Set<String> labels = named.getOrDefault(pair.score(), Set.of());
          return pair.isWithBaseline()
              || labels.contains(pair.explainerA())
              || labels.contains(pair.explainerB());
        });
  }
}
