package org.explain4j.experiments.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BootstrapTest {
  private static final Bootstrap BOOTSTRAP = new Bootstrap(4000, 1);

  static double[] normal(int n, double mean, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return random.doubles(n).map(u -> mean + random.nextGaussian()).toArray();
  }

  @Test
  void theIntervalOfAMeanIsTheNormalOneForManyValues() {
    Estimate estimate = BOOTSTRAP.mean(normal(400, 3, 5));
    assertThat(estimate.high() - estimate.low()).isCloseTo(2 * 1.96 / Math.sqrt(400), within(.02));
    assertThat(estimate.mean()).isBetween(estimate.low(), estimate.high());
  }

  @Test
  void everyImageIsDrawnAsOftenAsAnyOther() {
    for (int image : new int[] {0, 1, 10, 18, 19}) {
      double[] only = new double[20];
      only[image] = 20;
      double[] drawn = BOOTSTRAP.bca(only).resamples();
      // The number of times in a resample: mean 1, variance 19/20.
      assertThat(Arrays.stream(drawn).average().orElseThrow())
          .as("image " + image)
          .isCloseTo(1, within(.06));
      assertThat(Arrays.stream(drawn).filter(times -> times == 0).count() / 4000.0)
          .as("image " + image)
          .isCloseTo(Math.pow(.95, 20), within(.03));
    }
  }

  @Test
  void missingValuesAreLeftOutAndCounted() {
    Estimate estimate = BOOTSTRAP.mean(new double[] {1, Double.NaN, 3});
    assertThat(estimate.mean()).isEqualTo(2);
    assertThat(estimate.n()).isEqualTo(2);
    assertThat(estimate.missing()).isEqualTo(1);
    assertThat(estimate.interval()).isEmpty();
    Estimate none = BOOTSTRAP.mean(new double[] {Double.NaN});
    assertThat(none.mean()).isNaN();
    assertThat(none.n()).isZero();
    assertThat(BOOTSTRAP.mean(new double[0]).interval()).isEmpty();
  }

  @Test
  void aPointOfACurveHasTheIntervalOfItsValues() {
    double[][] curves = new double[30][];
    double[] first = normal(30, 0, 1);
    double[] second = normal(30, 5, 2);
    for (int i = 0; i < 30; i++) {
      curves[i] = new double[] {first[i], second[i]};
    }
    Estimate[] points = BOOTSTRAP.means(curves, 2);
    assertThat(points).containsExactly(BOOTSTRAP.mean(first), BOOTSTRAP.mean(second));
    curves[3][1] = Double.NaN;
    second[3] = Double.NaN;
    points = BOOTSTRAP.means(curves, 2);
    assertThat(points).containsExactly(BOOTSTRAP.mean(first), BOOTSTRAP.mean(second));
    assertThat(BOOTSTRAP.means(new double[0][], 2)).hasSize(2).allMatch(point -> point.n() == 0);
  }

  @Test
  void theJackknifeIsTheMeanWithoutEachValue() {
    Bca bca = BOOTSTRAP.bca(new double[] {1, 2, 6});
    assertThat(bca.estimate()).isEqualTo(3);
    assertThat(bca.jackknife()).containsExactly(4, 3.5, 1.5);
  }

  @Test
  void aSeedGivesTheSameResamples() {
    double[] values = normal(25, 0, 1);
    assertThat(new Bootstrap(7).mean(values)).isEqualTo(new Bootstrap(7).mean(values));
    assertThat(new Bootstrap(7).mean(values)).isNotEqualTo(new Bootstrap(8).mean(values));
    assertThatThrownBy(() -> new Bootstrap(0)).hasMessageContaining("seed (0)");
    assertThatThrownBy(() -> new Bootstrap(99, 1)).hasMessageContaining("99");
  }

  /** numpy.quantile([1, 2, 4, 8], [.05, .25, .5, .95]). */
  @Test
  void quantilesAreNumpys() {
    double[] values = {8, 1, 4, 2};
    assertThat(Quantiles.of(values, .05)).isCloseTo(1.15, within(1e-12));
    assertThat(Quantiles.of(values, .25)).isEqualTo(1.75);
    assertThat(Quantiles.of(values, .5)).isEqualTo(3);
    assertThat(Quantiles.of(values, .95)).isCloseTo(7.4, within(1e-12));
    assertThat(values).containsExactly(8, 1, 4, 2);
    assertThat(Quantiles.of(new double[0], .5)).isNaN();
    assertThat(Quantiles.of(new double[] {3}, .05)).isEqualTo(3);
  }
}
