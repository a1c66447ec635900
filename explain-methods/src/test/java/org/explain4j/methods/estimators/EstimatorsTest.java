package org.explain4j.methods.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.explain4j.api.Catalog;
import org.explain4j.api.Patterns;
import org.explain4j.api.Patterns.State;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.SignalEstimator;
import org.explain4j.network.Dense;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.moments.LayerMoments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class EstimatorsTest {

  static Stream<SignalEstimator> withPatterns() {
    return EstimatorContractTest.estimators().filter(estimator -> !(estimator instanceof Identity));
  }

  @Test
  void theCatalogKnowsTheFiveEstimators() {
    assertThat(Catalog.of(SignalEstimator.class).ids())
        .contains("filter", "identity", "linear", "random", "two-component");
  }

  @Test
  void identityHasNoPattern() {
    assertThat(estimate(new Identity(), dense(), normal(10, 6, 2)).isIdentity()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("withPatterns")
  void deadAlwaysActiveConstantAndZeroNeuronsGetTheirStates(SignalEstimator estimator) {
    INDArray weights = normal(5, 3, 5);
    weights.putRow(3, Nd4j.zeros(DataType.DOUBLE, 3));
    weights.putRow(4, Nd4j.createFromArray(0.0, 0.0, 1.0));
    INDArray samples = normal(50, 3, 6);
    samples.putColumn(2, Nd4j.ones(DataType.DOUBLE, 50).muli(0.1));
    Dense layer = new Dense(weights, Nd4j.createFromArray(-100.0, 100.0, 0.0, 1.0, 0.3));
    Patterns patterns = estimate(estimator, layer, samples);
    assertThat(patterns.positiveStates().get(3)).isEqualTo(State.VANISHING);
    assertThat(patterns.positive().getRow(3).norm2Number().doubleValue()).isZero();
    assertThat(patterns.positiveStates().get(2)).isEqualTo(State.FITTED);
    if (estimator instanceof TwoComponent) {
      assertThat(patterns.positiveStates().get(0)).isEqualTo(State.UNOCCUPIED);
      assertThat(patterns.negativeStates().get(1)).isEqualTo(State.UNOCCUPIED);
      assertThat(patterns.usable(1, true, false)).isTrue();
      assertThat(patterns.usable(1, true, true)).isFalse();
      assertThat(patterns.usable(0, true, true)).isFalse();
      assertThat(patterns.usable(3, false, false)).isTrue();
    }
    if (estimator instanceof TwoComponent || estimator instanceof Linear) {
      assertThat(patterns.positiveStates().get(4)).isEqualTo(State.VANISHING);
    }
  }

  @ParameterizedTest
  @MethodSource("withPatterns")
  void anInactiveRegimeFitsWhereTheOtherIsUnoccupied(SignalEstimator estimator) {
    Dense dead = new Dense(normal(1, 3, 5), Nd4j.createFromArray(-100.0));
    Patterns patterns = estimate(estimator, dead, normal(50, 3, 6));
    boolean constant =
        estimator instanceof Linear linear && linear.fitOn() == RegressionTarget.POST;
    assertThat(patterns.negativeStates().get(0))
        .isEqualTo(constant ? State.VANISHING : State.FITTED);
  }

  /** The rounding of a constant is a share of it. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-4, 1, 1e4})
  void aConstantOutputOfAnySizeHasNoPattern(double size) {
    Dense layer =
        new Dense(Nd4j.createFromArray(new double[][] {{0, 0, 1}}), Nd4j.createFromArray(size / 3));
    INDArray samples = normal(50, 3, 6);
    samples.putColumn(2, Nd4j.ones(DataType.DOUBLE, 50).muli(.1 * size));
    for (SignalEstimator estimator : new SignalEstimator[] {new Linear(), new TwoComponent()}) {
      assertThat(estimate(estimator, layer, samples).positiveStates())
          .containsExactly(State.VANISHING);
    }
  }

  @Test
  void randomDirectionsDifferByLayerAndSeed() {
    LayerMoments moments = LayerMoments.of(dense(), false);
    INDArray a = new RandomDirection().estimate("a", dense(), false, moments).positive();
    INDArray b = new RandomDirection().estimate("b", dense(), false, moments).positive();
    INDArray seeded =
        new RandomDirection(RegressionTarget.PRE, 2)
            .estimate("a", dense(), false, moments)
            .positive();
    assertThat(a).isNotEqualTo(b).isNotEqualTo(seeded);
  }

  @Test
  void theLogitLayerTakesTheLinearEstimatorByDefault() {
    LayerMoments moments = LayerMoments.of(dense(), false);
    moments.addSamples(normal(100, 6, 2));
    INDArray linear = new Linear().estimate("a", dense(), true, moments).positive();
    TwoComponent positive = new TwoComponent(RegressionTarget.PRE, LogitPattern.POSITIVE);
    assertThat(new TwoComponent().estimate("a", dense(), true, moments).positive())
        .isEqualTo(linear);
    assertThat(positive.estimate("a", dense(), true, moments).positive()).isNotEqualTo(linear);
  }

  /** The definitions of method 2, sample by sample. */
  @ParameterizedTest
  @MethodSource("withPatterns")
  void patternsEqualASlowTwin(SignalEstimator estimator) {
    if (estimator instanceof Filter || estimator instanceof RandomDirection) {
      assertThat(estimator.fitOn()).isEqualTo(RegressionTarget.PRE); // nothing is fitted
      return;
    }
    INDArray samples = normal(200, 6, 2);
    Patterns patterns = estimate(estimator, dense(), samples);
    for (int neuron = 0; neuron < 4; neuron++) {
      SlowTwin twin = new SlowTwin(dense(), samples, neuron, estimator.fitOn());
      boolean two = estimator instanceof TwoComponent;
      assertThat(patterns.positive().getRow(neuron).toDoubleVector())
          .containsExactly(two ? twin.regime(true) : twin.linear(), within(1e-9));
      assertThat(patterns.negative().getRow(neuron).toDoubleVector())
          .containsExactly(two ? twin.regime(false) : twin.linear(), within(1e-9));
    }
  }

  private static Patterns estimate(SignalEstimator estimator, LinearLayer layer, INDArray samples) {
    LayerMoments moments = LayerMoments.of(layer, false);
    moments.addSamples(samples);
    return estimator.estimate("layer", layer, false, moments);
  }

  private static Dense dense() {
    return new Dense(normal(4, 6, 1), bias(4));
  }

  private static INDArray bias(int k) {
    return normal(1, k, 9).reshape(k).muli(0.3);
  }

  private static INDArray normal(int rows, int columns, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    INDArray values = Nd4j.zeros(DataType.DOUBLE, rows, columns);
    for (int i = 0; i < rows * columns; i++) {
      values.putScalar(i, random.nextGaussian() + 0.2 * (i % 3));
    }
    return values;
  }
}
