package org.explain4j.reports.sections;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.runs.MeanRank;
import org.explain4j.reports.runs.RankingTest;

/**
 * What Friedman's and Nemenyi's tests say of a group's methods: who is <em>better</em>, and where
 * it is <em>undecided</em>. Mean ranks have no margin, so no two methods are said to tie.
 *
 * @param test of the group
 * @param ranks of its methods, the best first
 */
record RankingSentences(RankingTest test, List<MeanRank> ranks, Methods methods) {
  /** Methods that ignore the network. */
  private static final List<String> BASELINES = List.of("random", "sobel", "centre-prior", "input");

  List<String> all() {
    List<String> all = new ArrayList<>();
    String group = Methods.name(test.group());
    String what = test.methods() + " " + group + " methods";
    if (test.pValue() >= RankingTest.LEVEL) {
      all.add(
          String.format(
              Locale.ROOT,
              "Over %s it is undecided which of the %s is better (Friedman's test: %s).",
              test.counted(),
              what,
              Numbers.pIs(test.pValue())));
      return all;
    }
    MeanRank first = ranks.get(0);
    List<String> worse = beyond(first, +1);
    List<String> undecided =
        ranks.stream()
            .skip(1)
            .map(MeanRank::explainer)
            .filter(label -> !worse.contains(label))
            .toList();
    all.add(
        String.format(
            Locale.ROOT,
            "Over %s %s has the smallest mean rank of the %s, %.1f: %s.",
            test.counted(),
            first.explainer(),
            what,
            first.meanRank(),
            undecided.isEmpty()
                ? "it is better than all others"
                : (worse.isEmpty() ? "" : "it is better than " + Lead.few(worse) + ", ")
                    + "undecided against "
                    + Lead.few(undecided)));
    Sentences.ALWAYS_NAMED.forEach(id -> standing(id).ifPresent(all::add));
    BASELINES.forEach(id -> notBeating(id).ifPresent(all::add));
    return all;
  }

  /** Methods whose mean rank differs from another's significantly, on one side of it. */
  private List<String> beyond(MeanRank from, int side) {
    return ranks.stream()
        .filter(row -> side * (row.meanRank() - from.meanRank()) > test.criticalDifference())
        .map(MeanRank::explainer)
        .toList();
  }

  private Optional<MeanRank> best(String id) {
    return ranks.stream().filter(row -> id.equals(methods.ids().get(row.explainer()))).findFirst();
  }

  private Optional<String> standing(String id) {
    return best(id)
        .filter(row -> !row.equals(ranks.get(0)))
        .map(
            row ->
                String.format(
                    Locale.ROOT,
                    "%s is number %d with %.1f, %s.",
                    row.explainer(),
                    ranks.indexOf(row) + 1,
                    row.meanRank(),
                    row.best() ? "undecided against the first" : "the first is better"));
  }

  /** Who is not significantly better than a method that ignores the network. */
  private Optional<String> notBeating(String id) {
    return best(id)
        .flatMap(
            baseline -> {
              List<String> better = beyond(baseline, -1);
              List<String> rest =
                  ranks.stream()
                      .filter(row -> !row.equals(baseline))
                      .map(MeanRank::explainer)
                      .filter(label -> !better.contains(label))
                      .toList();
              if (rest.isEmpty()) {
                return Optional.empty();
              }
              String said =
                  better.isEmpty()
                      ? "No method is better than %s, which ignores the network."
                      : "Not better than %s, which ignores the network: %s.";
              return Optional.of(
                  String.format(
                      Locale.ROOT, said, baseline.explainer(), Sentences.joined(rest, "")));
            });
  }
}
