package org.explain4j.experiments.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.Variance;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.explain4j.reports.runs.Verdict;
import org.junit.jupiter.api.Test;

final class BcaTest {
  /** Efron and Tibshirani 1993, An Introduction to the Bootstrap, Table 14.1, task A. */
  private static final double[] SPATIAL = {
    48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30,
    41
  };

  /** Skewed, so that the correction shows: the percentile interval is [.55, 1.48]. */
  private static final double[] SKEWED = {
    .03, .08, .11, .12, .19, .23, .31, .33, .42, .48, .55, .67, .71, .95, 1.02, 1.31, 1.77, 2.05,
    2.96, 4.84
  };

  /** Their Table 14.2: the variance is 171.5, its BCa 90 % interval (115.8, 259.6). */
  @Test
  void efronsIntervalOfAVarianceIsFound() {
    double[] resamples = new double[40_000];
    SplittableRandom random = new SplittableRandom(7);
    for (int r = 0; r < resamples.length; r++) {
      resamples[r] =
          variance(IntStream.range(0, 26).mapToDouble(i -> SPATIAL[random.nextInt(26)]).toArray());
    }
    double[] jackknife =
        IntStream.range(0, 26)
            .mapToDouble(
                left ->
                    variance(
                        IntStream.range(0, 26)
                            .filter(i -> i != left)
                            .mapToDouble(i -> SPATIAL[i])
                            .toArray()))
            .toArray();
    Bca bca = new Bca(variance(SPATIAL), resamples, jackknife);
    assertThat(bca.estimate()).isCloseTo(171.5, within(.05));
    Interval interval = bca.interval(.9).orElseThrow();
    assertThat(interval.low()).isCloseTo(115.8, within(1.5));
    assertThat(interval.high()).isCloseTo(259.6, within(2.5));
  }

  private static double variance(double[] values) {
    return Variance.of(values).setBiased(true).getAsDouble();
  }

  /** scipy 1.17.1, stats.bootstrap(method="BCa", n_resamples=400000), mean of five seeds. */
  @Test
  void scipysIntervalsOfASkewedMeanAreFound() {
    Bca bca = new Bootstrap(100_000, 3).bca(SKEWED);
    Interval outer = bca.interval(.95).orElseThrow();
    assertThat(outer.low()).isCloseTo(.582, within(.006));
    assertThat(outer.high()).isCloseTo(1.697, within(.015));
    Interval inner = bca.interval(.9).orElseThrow();
    assertThat(inner.low()).isCloseTo(.6296, within(.006));
    assertThat(inner.high()).isCloseTo(1.5517, within(.012));
  }

  /**
   * The same source: [1/15, 8/15] of five ones among fifteen values; resamples tie with the mean.
   */
  @Test
  void resamplesThatTieWithTheMeanCountHalf() {
    double[] ones = {0, 0, 1, 0, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0};
    Interval interval = new Bootstrap(20_000, 1).bca(ones).interval(.95).orElseThrow();
    assertThat(interval.low()).isEqualTo(1 / 15.0);
    assertThat(interval.high()).isEqualTo(8 / 15.0);
  }

  /** What rounding leaves is a share of the values, not a number. */
  @Test
  void resamplesThatTieButForRoundingCountHalfAtAnySize() {
    double[] without = BootstrapTest.normal(20, 0, 1);
    for (double size : new double[] {1, 1e6}) {
      double[] ties = new double[200];
      for (int i = 0; i < ties.length; i++) {
        ties[i] = size * (i < 40 ? 1 - .01 * i : i < 70 ? 1 + .01 * i : 1);
      }
      double[] rounded = Arrays.stream(ties).map(r -> r == size ? size * (1 - 1e-13) : r).toArray();
      Interval expected = new Bca(size, ties, without).interval(.95).orElseThrow();
      Interval interval = new Bca(size, rounded, without).interval(.95).orElseThrow();
      assertThat(interval.low()).isCloseTo(expected.low(), within(1e-9 * size));
      assertThat(interval.high()).isCloseTo(expected.high(), within(1e-9 * size));
    }
  }

  /** Everything again with other means: sorted resamples, explicit sums, the formula as printed. */
  @Test
  void equalsASlowTwin() {
    double[] values = Arrays.stream(BootstrapTest.normal(20, 0, 9)).map(Math::exp).toArray();
    Bca bca = new Bootstrap(999, 5).bca(values);
    double[] sorted = bca.resamples().clone();
    Arrays.sort(sorted);
    double z0 = quantile(Arrays.stream(sorted).filter(m -> m < bca.estimate()).count() / 999.0);
    double cubes = 0;
    double squares = 0;
    for (double x : values) {
      cubes += Math.pow(x - bca.estimate(), 3);
      squares += Math.pow(x - bca.estimate(), 2);
    }
    double a = cubes / (6 * squares * Math.sqrt(squares));
    for (double level : new double[] {.9, .95, .99}) {
      Interval interval = bca.interval(level).orElseThrow();
      double za = quantile((1 - level) / 2);
      double zb = quantile((1 + level) / 2);
      assertThat(interval.low())
          .isCloseTo(at(sorted, z0 + (z0 + za) / (1 - a * (z0 + za))), within(1e-9));
      assertThat(interval.high())
          .isCloseTo(at(sorted, z0 + (z0 + zb) / (1 - a * (z0 + zb))), within(1e-9));
    }
  }

  private static double quantile(double p) {
    return NormalDistribution.of(0, 1).inverseCumulativeProbability(p);
  }

  private static double at(double[] sorted, double z) {
    double place = NormalDistribution.of(0, 1).cumulativeProbability(z) * (sorted.length - 1);
    int below = (int) place;
    return sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]);
  }

  @Test
  void thereIsNoIntervalWhereTheValuesDoNotTell() {
    Bootstrap bootstrap = new Bootstrap(1);
    assertThat(bootstrap.bca(new double[] {3}).interval(.95)).isEmpty();
    assertThat(bootstrap.bca(Arrays.copyOf(SKEWED, Verdict.FEWEST_IMAGES - 1)).interval(.95))
        .isEmpty();
    assertThat(bootstrap.bca(Arrays.copyOf(SKEWED, Verdict.FEWEST_IMAGES)).interval(.95))
        .isPresent();
    double[] constant = new double[40];
    Arrays.fill(constant, .1);
    assertThat(bootstrap.bca(constant).interval(.95)).isEmpty();
    double[] above = {1, 1, 1};
    assertThat(new Bca(0, above, SKEWED).interval(.95)).isEmpty();
    assertThat(new Bca(2, above, SKEWED).interval(.95)).isEmpty();
  }

  @Test
  void ninetyFiveOfAHundredIntervalsHoldTheTruth() {
    SplittableRandom random = new SplittableRandom(11);
    int held = 0;
    for (int trial = 0; trial < 500; trial++) {
      double[] sample = random.doubles(40).map(u -> -Math.log(1 - u)).toArray();
      Interval interval = new Bootstrap(500, 1).bca(sample).interval(.95).orElseThrow();
      held += interval.low() <= 1 && 1 <= interval.high() ? 1 : 0;
    }
    assertThat(held / 500.0).isBetween(.91, .97);
  }
}
