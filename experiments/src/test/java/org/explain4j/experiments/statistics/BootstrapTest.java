package org.explain4j.experiments.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.explain4j.reports.runs.Band;
import org.junit.jupiter.api.Test;

final class BootstrapTest {
  private static final Bootstrap BOOTSTRAP = new Bootstrap(4000, 1);

  private static double[] normal(int n, double mean, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = mean + random.nextGaussian();
    }
    return values;
  }

  @Test
  void theBandOfAMeanIsTheNormalOneForManyValues() {
    Band band = BOOTSTRAP.mean(normal(400, 3, 5));
    assertThat(band.high() - band.low()).isCloseTo(2 * 1.96 / Math.sqrt(400), within(0.02));
    assertThat(band.mean()).isBetween(band.low(), band.high());
  }

  @Test
  void missingValuesAreLeftOutAndNothingIsNotZero() {
    assertThat(BOOTSTRAP.mean(new double[] {1, Double.NaN, 3}).mean()).isEqualTo(2);
    assertThat(BOOTSTRAP.mean(new double[] {Double.NaN}).mean()).isNaN();
  }

  @Test
  void aPairedDifferenceIsFoundAndItsAbsenceToo() {
    double[] a = normal(60, 0, 1);
    double[] b = a.clone();
    double[] noise = normal(60, 0.5, 2);
    for (int i = 0; i < b.length; i++) {
      b[i] += noise[i];
    }
    Paired different = Paired.of(a, b, BOOTSTRAP);
    assertThat(different.difference().high()).isNegative();
    assertThat(different.pValue()).isLessThan(0.01);
    Paired same = Paired.of(a, a, BOOTSTRAP);
    assertThat(same.pValue()).isEqualTo(1);
    assertThat(same.difference().mean()).isZero();
    assertThat(Paired.of(a, normal(60, 0, 3), BOOTSTRAP).pValue()).isGreaterThan(0.01);
  }

  /** The negative ranks are 1 and 3; 7 of the 256 choices of signs have a rank sum of at most 4. */
  @Test
  void fewDifferencesAreTestedExactly() {
    double[] d = {1, 2, -0.5, 3, 4, -1.5, 5, 6};
    assertThat(Paired.of(d, new double[8], BOOTSTRAP).pValue()).isCloseTo(14.0 / 256, within(1e-9));
  }
}
