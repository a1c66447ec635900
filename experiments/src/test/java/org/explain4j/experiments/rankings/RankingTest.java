package org.explain4j.experiments.rankings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.explain4j.api.Group;
import org.explain4j.reports.runs.MeanRank;
import org.explain4j.reports.runs.MetricAgreement;
import org.explain4j.reports.runs.MetricRank;
import org.junit.jupiter.api.Test;

class RankingTest {
  private static final List<String> METHODS = List.of("a", "b", "c");

  /** A metric whose images all have one value for each method; NaN for a method without. */
  private static Judged metric(String name, boolean lowerIsBetter, double... values) {
    Map<String, double[]> images = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        images.put(METHODS.get(i), IntStream.range(0, 5).mapToDouble(x -> 1).toArray());
        double value = values[i];
        images.computeIfPresent(
            METHODS.get(i), (m, ones) -> Arrays.stream(ones).map(one -> one * value).toArray());
      }
    }
    return new Judged("", name, "family", "score", lowerIsBetter, images);
  }

  private static Ranking ranking(Judged... metrics) {
    return new Ranking(Group.SIGNAL, METHODS, List.of(metrics));
  }

  private static final Judged[] AGREED = {
    metric("low", true, 1, 2, 3), metric("high", false, 3, 2, 1), metric("third", true, 0, 5, 9),
    metric("fourth", true, 0, 5, 9), metric("fifth", true, 0, 5, 9), metric("sixth", true, 0, 5, 9)
  };

  @Test
  void theDirectionOfAScoreDecidesItsRanks() {
    assertThat(ranking(AGREED).ranks())
        .filteredOn(row -> row.metric().equals("high"))
        .extracting(MetricRank::rank)
        .containsExactly(1., 2., 3.);
  }

  @Test
  void whoIsAlwaysFirstLeadsAndTheLastIsSignificantlyBehind() {
    Ranking ranking = ranking(AGREED);
    assertThat(ranking.test().statistic()).isCloseTo(12, within(1e-12)); // n (k - 1)
    assertThat(ranking.test().criticalDifference())
        .isCloseTo(3.314493 * Math.sqrt(3 * 4 / (12. * 6)), within(1e-6));
    List<MeanRank> means = ranking.means(100, 1);
    assertThat(means).extracting(MeanRank::explainer).containsExactly("a", "b", "c");
    assertThat(means).extracting(MeanRank::meanRank).containsExactly(1., 2., 3.);
    assertThat(means).extracting(MeanRank::best).containsExactly(true, true, false);
    assertThat(means.get(0).low()).isEqualTo(1);
    assertThat(means.get(0).high()).isEqualTo(1);
  }

  @Test
  void metricsThatDisagreeLeaveEveryoneBest() {
    Ranking ranking =
        ranking(
            metric("one", true, 1, 2, 3),
            metric("two", true, 2, 3, 1),
            metric("three", true, 3, 1, 2));
    assertThat(ranking.test().pValue()).isEqualTo(1);
    assertThat(ranking.means(100, 1)).allMatch(MeanRank::best);
  }

  @Test
  void aMetricThatLacksAMethodIsNamedAndItsOthersAreRanked() {
    Ranking ranking =
        ranking(AGREED[0], AGREED[1], AGREED[2], metric("dear", true, Double.NaN, 1, 2));
    assertThat(ranking.test().metrics()).isEqualTo(3);
    assertThat(ranking.test().leftOut()).isEqualTo("dear");
    assertThat(ranking.ranks())
        .filteredOn(row -> row.metric().equals("dear"))
        .extracting(MetricRank::explainer, MetricRank::rank, MetricRank::methods)
        .containsExactly(tuple("b", 1., 2L), tuple("c", 2., 2L));
  }

  @Test
  void aMethodThatFailedEverywhereIsNotRanked() {
    Ranking ranking =
        ranking(
            metric("one", true, Double.NaN, 1, 2),
            metric("two", true, Double.NaN, 1, 2),
            metric("three", true, Double.NaN, 1, 2));
    assertThat(ranking.test().methods()).isEqualTo(2);
    assertThat(ranking.test().leftOut()).isEmpty();
  }

  @Test
  void aMetricOfOneMethodOrNoneIsAmongThoseLeftOut() {
    Ranking ranking =
        ranking(
            AGREED[0],
            AGREED[1],
            AGREED[2],
            metric("one", true, 1, Double.NaN, Double.NaN),
            metric("none", true, Double.NaN, Double.NaN, Double.NaN));
    assertThat(ranking.test().leftOut()).isEqualTo("one, none");
  }

  @Test
  void valuesThatDifferByRoundingAloneAreTied() {
    assertThat(ranking(metric("one", true, 1, 1 + 1e-9, 2)).ranks())
        .extracting(MetricRank::rank)
        .containsExactly(1.5, 1.5, 3.);
  }

  @Test
  void twoMetricsRankNothing() {
    assertThat(ranking(AGREED[0], AGREED[1]).isPossible()).isFalse();
    assertThat(ranking(AGREED[0], AGREED[1]).agreement())
        .extracting(MetricAgreement::tau)
        .containsExactly(1.);
  }

  @Test
  void agreementIsTheMeanOverSettings() {
    Judged one = AGREED[0];
    Judged opposite = metric("other", true, 3, 2, 1);
    Judged elsewhere = new Judged("seed=2", "low", "", "", true, one.values());
    Judged same = new Judged("seed=2", "other", "", "", true, one.values());
    assertThat(ranking(one, opposite, elsewhere, same).agreement())
        .extracting(MetricAgreement::metricA, MetricAgreement::metricB, MetricAgreement::tau)
        .containsExactly(tuple("low", "other", 0.));
  }

  @Test
  void intervalsAreOfTheImages() {
    SplittableRandom random = new SplittableRandom(3);
    Judged[] noisy = new Judged[4];
    for (int i = 0; i < noisy.length; i++) {
      Map<String, double[]> values = new LinkedHashMap<>();
      METHODS.forEach(
          method ->
              values.put(
                  method,
                  IntStream.range(0, 40).mapToDouble(x -> random.nextGaussian()).toArray()));
      noisy[i] = new Judged("", "m" + i, "", "", true, values);
    }
    List<MeanRank> means = ranking(noisy).means(500, 1);
    assertThat(means).allMatch(row -> row.low() < row.high() && row.low() >= 1 && row.high() <= 3);
    assertThat(ranking(noisy).means(500, 1)).isEqualTo(means);
    assertThat(ranking(noisy).means(500, 2)).isNotEqualTo(means);
  }
}
