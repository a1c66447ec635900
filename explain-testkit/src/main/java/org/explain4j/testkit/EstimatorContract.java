package org.explain4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.List;
import java.util.stream.Stream;
import org.explain4j.api.Patterns;
import org.explain4j.api.Patterns.State;
import org.explain4j.api.SignalEstimator;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.moments.LayerMoments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The laws that every signal estimator obeys, tested on small layers with random weights and 400
 * random samples, whose moments have no covariance: a dense layer, a convolution, one in float32,
 * one that gives the logits, and one whose neurons are dead, always active, without weights, or
 * have an input that never changes.
 *
 * <pre>{@code
 * class MyEstimatorTest extends EstimatorContract {
 *   @Override
 *   protected SignalEstimator create() {
 *     return new MyEstimator();
 *   }
 * }
 * }</pre>
 */
public abstract class EstimatorContract extends ExtensionContract<SignalEstimator> {
  private static final double ROUNDING = 1e-9;

  protected EstimatorContract() {
    super(SignalEstimator.class);
  }

  @Test
  final void itSaysWhatItRegressesOn() {
    assertThat(create().fitOn()).as("fitOn()").isNotNull();
  }

  @ParameterizedTest
  @EnumSource
  final void patternsHaveTheWeightsShapeAndAStateForEachNeuron(SampleLayer sample) {
    Patterns patterns = estimate(sample);
    if (patterns.isIdentity()) {
      return;
    }
    LinearLayer layer = sample.layer();
    for (INDArray pattern : List.of(patterns.positive(), patterns.negative())) {
      assertThat(pattern.shape()).as("a pattern's shape").isEqualTo(layer.weights().shape());
      assertThat(pattern.dataType()).as("a pattern's type").isEqualTo(DataType.DOUBLE);
    }
    int neurons = (int) layer.neurons();
    assertThat(patterns.positiveStates()).as("states of a+").hasSize(neurons);
    assertThat(patterns.negativeStates()).as("states of a-").hasSize(neurons);
  }

  @ParameterizedTest
  @EnumSource
  final void patternsAreFinite(SampleLayer sample) {
    Patterns patterns = withPatterns(sample);
    Law.requireFinite("a+ must be finite", patterns.positive());
    Law.requireFinite("a- must be finite", patterns.negative());
  }

  @ParameterizedTest
  @EnumSource
  final void theFilterTakesExactlyOneOfAFittedPatternAndOthersAreZero(SampleLayer sample) {
    Patterns patterns = withPatterns(sample);
    requireScaled("a+", sample.layer(), patterns.positive(), patterns.positiveStates());
    requireScaled("a-", sample.layer(), patterns.negative(), patterns.negativeStates());
  }

  private static void requireScaled(
      String name, LinearLayer layer, INDArray pattern, List<State> states) {
    int d = (int) layer.fanIn();
    double[] a = Law.numbers(pattern);
    double[] w = Law.numbers(layer.weights());
    for (int neuron = 0; neuron < layer.neurons(); neuron++) {
      double product = 0;
      double size = 0;
      for (int i = neuron * d; i < (neuron + 1) * d; i++) {
        product += w[i] * a[i];
        size += Math.abs(w[i] * a[i]);
      }
      if (states.get(neuron) == State.FITTED) {
        if (!(Math.abs(product - 1) <= ROUNDING * Math.max(1, size))) {
          throw new AssertionError(
              "%s of neuron %d is FITTED, so w'a must be 1, but is %s."
                  .formatted(name, neuron, product));
        }
      } else {
        for (int i = neuron * d; i < (neuron + 1) * d; i++) {
          if (a[i] != 0) {
            throw new AssertionError(
                "%s of neuron %d is %s, so it must be 0, but has %s at input %d."
                    .formatted(name, neuron, states.get(neuron), a[i], i - neuron * d));
          }
        }
      }
    }
  }

  /** There is no a with w'a = 1 where w is 0, however often the neuron is active. */
  @Test
  final void neuronsWithoutWeightsVanish() {
    Patterns patterns = withPatterns(SampleLayer.DEGENERATE);
    assertThat(patterns.positiveStates().get(SampleLayer.WITHOUT_WEIGHTS))
        .as("the state of a+ of a neuron whose weights are 0, and which is always active")
        .isEqualTo(State.VANISHING);
    assertThat(patterns.usable(SampleLayer.WITHOUT_WEIGHTS, true, false))
        .as("whether rho counts a neuron whose weights are 0")
        .isFalse();
  }

  @ParameterizedTest
  @EnumSource
  final void theSameMomentsGiveTheSamePatterns(SampleLayer sample) {
    requireEqual("estimated again, ", estimate(sample), estimate(sample), 0);
  }

  @ParameterizedTest
  @EnumSource
  final void momentsAndWeightsStayAsTheyAre(SampleLayer sample) {
    LinearLayer layer = sample.layer();
    List<INDArray> weights = Stream.of(layer.weights(), layer.bias()).map(INDArray::dup).toList();
    LayerMoments moments = LayerMoments.of(layer, false);
    moments.addSamples(sample.samples(0, SampleLayer.SAMPLES));
    List<INDArray> before = sums(moments).map(INDArray::dup).toList();
    create().estimate("layer", layer, sample.logits(), moments);
    Law.requireUnchanged("the weights must stay as they are", layer.weights(), weights.get(0));
    Law.requireUnchanged("the bias must stay as it is", layer.bias(), weights.get(1));
    List<INDArray> after = sums(moments).toList();
    for (int i = 0; i < before.size(); i++) {
      Law.requireUnchanged("the moments must stay as they are", after.get(i), before.get(i));
    }
  }

  private static Stream<INDArray> sums(LayerMoments moments) {
    return Stream.concat(
        Stream.of(moments.productSums()),
        Stream.of(
            moments.weights(),
            moments.bias(),
            moments.meanX(),
            moments.activeCount(),
            moments.meanPositive(),
            moments.meanNegative(),
            moments.meanPositiveSquare(),
            moments.meanNegativeSquare()));
  }

  @ParameterizedTest
  @EnumSource
  final void theOrderInWhichPartsOfTheDataAreMergedDoesNotMatter(SampleLayer sample) {
    int half = SampleLayer.SAMPLES / 2;
    Patterns whole = estimate(sample);
    Patterns merged = merged(sample, part(sample, 0, half), part(sample, half, 2 * half));
    Patterns reversed = merged(sample, part(sample, half, 2 * half), part(sample, 0, half));
    requireEqual("with the moments of two parts merged, ", merged, whole, ROUNDING);
    requireEqual("with the parts merged the other way round, ", reversed, whole, ROUNDING);
  }

  private Patterns merged(SampleLayer sample, LayerMoments first, LayerMoments second) {
    first.merge(second);
    return create().estimate("layer", sample.layer(), sample.logits(), first);
  }

  private static LayerMoments part(SampleLayer sample, int from, int to) {
    LayerMoments moments = LayerMoments.of(sample.layer(), false);
    moments.addSamples(sample.samples(from, to));
    return moments;
  }

  private Patterns estimate(SampleLayer sample) {
    return create()
        .estimate("layer", sample.layer(), sample.logits(), part(sample, 0, SampleLayer.SAMPLES));
  }

  private Patterns withPatterns(SampleLayer sample) {
    Patterns patterns = estimate(sample);
    return patterns.isIdentity() ? abort("the identity has no patterns") : patterns;
  }

  private static void requireEqual(
      String how, Patterns actual, Patterns expected, double tolerance) {
    assertThat(actual.positiveStates())
        .as(how + "states of a+")
        .isEqualTo(expected.positiveStates());
    assertThat(actual.negativeStates())
        .as(how + "states of a-")
        .isEqualTo(expected.negativeStates());
    if (!expected.isIdentity()) {
      Law.requireEqual(
          how + "a+ must be the same", actual.positive(), expected.positive(), tolerance);
      Law.requireEqual(
          how + "a- must be the same", actual.negative(), expected.negative(), tolerance);
    }
  }
}
