package org.explain4j.reports.sections;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.explain4j.api.Group;
import org.explain4j.reports.runs.MeanRank;
import org.explain4j.reports.runs.RankingTest;
import org.junit.jupiter.api.Test;

/** Each word that a ranking can be given, by a table that must give it. */
class RankingSentencesTest {
  private static List<String> sentences(double p, double difference, Object... ranked) {
    List<MeanRank> ranks = new ArrayList<>();
    for (int i = 0; i < ranked.length; i += 2) {
      double mean = (double) ranked[i + 1];
      boolean best = p >= .05 || mean - (double) ranked[1] <= difference;
      ranks.add(new MeanRank(Group.ATTRIBUTION, (String) ranked[i], mean, mean, mean, 20, best));
    }
    Map<String, String> ids =
        ranks.stream()
            .collect(Collectors.toMap(MeanRank::explainer, r -> r.explainer().split(" ", 2)[0]));
    Methods methods =
        new Methods(
            Map.of(Group.ATTRIBUTION, ranks.stream().map(MeanRank::explainer).toList()), ids);
    RankingTest test =
        new RankingTest(Group.ATTRIBUTION, ranks.size(), 20, 1, 9, p, difference, "");
    return new RankingSentences(test, ranks, methods).all();
  }

  @Test
  void better() {
    assertThat(sentences(.001, .5, "lrp-0", 1., "gradient", 2., "other", 3.))
        .containsExactly(
            "Over 20 metrics lrp-0 has the smallest mean rank of the 3 attribution methods, 1.0:"
                + " it is better than all others.");
  }

  @Test
  void undecidedAgainstSome() {
    assertThat(sentences(.001, 1.2, "lrp-0", 1., "gradient", 2., "other", 3.))
        .containsExactly(
            "Over 20 metrics lrp-0 has the smallest mean rank of the 3 attribution methods, 1.0:"
                + " it is better than other, undecided against gradient.");
  }

  @Test
  void undecidedAgainstAll() {
    assertThat(sentences(.04, 9, "lrp-0", 1., "gradient", 2.))
        .containsExactly(
            "Over 20 metrics lrp-0 has the smallest mean rank of the 2 attribution methods, 1.0:"
                + " undecided against gradient.");
  }

  @Test
  void nothingIsDecidedWhereFriedmanDoesNotTellThemApart() {
    assertThat(sentences(.21, .5, "lrp-0", 1., "pattern-attribution", 2., "random", 3.))
        .containsExactly(
            "Over 20 metrics it is undecided which of the 3 attribution methods is better"
                + " (Friedman's test: p = 0.210).");
  }

  @Test
  void patternAttributionIsNamedAlsoWhereItDoesNotLead() {
    assertThat(sentences(.001, .5, "lrp-0", 1., "pattern-attribution linear", 2., "gradient", 3.))
        .contains("pattern-attribution linear is number 2 with 2.0, the first is better.");
    assertThat(sentences(.001, 1.5, "lrp-0", 1., "pattern-attribution", 2., "gradient", 3.))
        .contains("pattern-attribution is number 2 with 2.0, undecided against the first.");
  }

  @Test
  void whoDoesNotBeatWhatIgnoresTheNetworkIsNamed() {
    assertThat(
            sentences(
                .001, .6, "lrp-0", 1., "gradient", 2., "sobel", 2.5, "random", 3., "worst", 4.))
        .contains(
            "Not better than random, which ignores the network: sobel and worst.",
            "Not better than sobel, which ignores the network: gradient, random and worst.");
  }

  @Test
  void whatNobodyBeatsIsSaidInShort() {
    assertThat(sentences(.001, .9, "sobel", 1., "lrp-0", 2., "gradient", 2.5))
        .contains("No method is better than sobel, which ignores the network.");
  }
}
