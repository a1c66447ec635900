package org.explain4j.metrics.rho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.explain4j.api.ImageSumsPass;
import org.explain4j.api.Patterns;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.Rho;
import org.explain4j.network.Dense;
import org.explain4j.network.moments.LayerSamples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What rho is expected to be from sampling alone, against simulations. */
class SamplingTest {
  private static final int NEURONS = 40;

  /** fc1 of the Fashion-MNIST run measured .896 and .811. */
  @ParameterizedTest
  @CsvSource({"1568, 8000, 2000, .900", "1568, 20000, 20000, .806"})
  void fc1OfFashionMnist(int d, int nA, int nB, double expected) {
    assertThat(Rho.expectedFromSampling(d, nA, nB)).isCloseTo(expected, within(0.0006));
  }

  @Test
  void thereIsNoExpectationWithoutMoreSamplesThanInputs() {
    assertThat(Rho.expectedFromSampling(99, 1000, 100)).isNaN();
    assertThat(Rho.expectedFromSampling(98, 1000, 100)).isBetween(0.98, 1.0);
    assertThat(Rho.expectedFromSampling(99, 1000, 101)).isBetween(0.98, 1.0);
  }

  /**
   * From hardly more samples than inputs to many; the older formula was wrong by .1 at 80 of 100.
   */
  @ParameterizedTest
  @CsvSource({"20, 400, 400", "20, 2000, 500", "20, 400, 60", "60, 1000, 100", "60, 2000, 8000"})
  void independentSamples(int d, int nA, int nB) {
    double measured = simulated(new Data(d, 1, 0), nA, nB);
    double expected = Rho.expectedFromSampling(d, nA, nB);
    assertThat(measured).isCloseTo(expected, within(0.02));
  }

  /** Ten samples a group that share most of their variance, as patches of an image do. */
  @Test
  void clusteredSamplesAreExpectedFromTheirEffectiveNumber() {
    Data data = new Data(20, 10, 0.8);
    double nA = effective(data, 300, 1);
    double nB = effective(data, 200, 2);
    assertThat(nA).isBetween(300.0, 3000.0);
    double measured = simulated(data, 3000, 2000);
    assertThat(measured).isCloseTo(Rho.expectedFromSampling(20, nA, nB), within(0.02));
    assertThat(measured).isLessThan(Rho.expectedFromSampling(20, 3000, 2000) - 0.03);
  }

  /**
   * Gaussian inputs.
   *
   * @param each samples of a group
   * @param shared part of the variance that a group's samples share
   */
  private record Data(int d, int each, double shared) {
    INDArray draw(int n, long seed) {
      return ImageSumsTest.clustered(n / each, each, d, shared, seed);
    }
  }

  private static Dense dense(int d) {
    SplittableRandom random = new SplittableRandom(3);
    return new Dense(
        SyntheticLayer.gaussian(random, NEURONS, d), Nd4j.zeros(DataType.DOUBLE, NEURONS));
  }

  private static double effective(Data data, int groups, long seed) {
    INDArray probes = SyntheticLayer.gaussian(new SplittableRandom(9), NEURONS, data.d);
    ImageSumsPass pass =
        ImageSumsPass.ofInputs(dense(data.d), RegressionTarget.PRE, probes, groups);
    ImageSumsPass.addSamples(List.of(pass), data.draw(groups * data.each, seed), data.each);
    return pass.sums().effectiveSamples();
  }

  /** Mean over neurons and five draws of splits A and B. */
  private static double simulated(Data data, int nA, int nB) {
    Dense layer = dense(data.d);
    LayerSamples c = new LayerSamples(layer, data.draw(10_000, 99));
    double sum = 0;
    for (int draw = 0; draw < 5; draw++) {
      LayerSamples a = new LayerSamples(layer, data.draw(nA, 100 + draw));
      LayerSamples b = new LayerSamples(layer, data.draw(nB, 200 + draw));
      Patterns patterns = SyntheticLayer.linear(a.moments(), RegressionTarget.PRE);
      Rho rho = new ClosedForm(0).of(layer, b, c).rho(patterns, RegressionTarget.PRE);
      sum += Arrays.stream(rho.evaluated()).average().orElseThrow() / 5;
    }
    return sum;
  }
}
