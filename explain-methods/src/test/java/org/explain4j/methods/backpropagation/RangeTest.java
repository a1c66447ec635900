package org.explain4j.methods.backpropagation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.explain4j.api.Attributions;
import org.explain4j.api.Attributor;
import org.explain4j.api.Explainer;
import org.explain4j.api.PatternSource;
import org.explain4j.api.Patterns;
import org.explain4j.api.Start;
import org.explain4j.api.Subject;
import org.explain4j.methods.estimators.Linear;
import org.explain4j.methods.paths.SmoothGrad;
import org.explain4j.network.Activation;
import org.explain4j.network.Dense;
import org.explain4j.network.Layer;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.network.arrays.Batches;
import org.explain4j.network.testing.Shared;
import org.explain4j.testkit.Networks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Signals beyond float32, as patterns of deep networks make them. */
class RangeTest {
  private static final int[] CLASSES = {0, 2, 1};
  private static final List<Explainer> METHODS =
      List.of(
          new PatternNet(new Linear(), Start.LOGIT),
          new GuidedPatternNet(new Linear(), Start.LOGIT),
          new PatternAttribution(new Linear(), Start.LOGIT));

  /** Fifteen layers of random patterns; and branches that meet, of which one has few layers. */
  static Stream<Network> networks() {
    LinkedHashMap<String, Layer> layers = new LinkedHashMap<>();
    for (int i = 0; i < 15; i++) {
      layers.put(
          "fc" + i,
          new Dense(Networks.normal(i + 1, 8, 8).muli(0.5), Nd4j.zeros(DataType.DOUBLE, 8)));
      layers.put("relu" + i, Activation.RELU);
    }
    layers.put("logits", new Dense(Networks.normal(99, 4, 8), Nd4j.zeros(DataType.DOUBLE, 4)));
    return Stream.of(Network.chain(List.of(8L), layers), Networks.graph())
        .map(Networks::withoutBias);
  }

  @Test
  void dividedSignalsAreNotAveraged() {
    Network network = networks().findFirst().orElseThrow().cast(DataType.FLOAT);
    Subject subject = Subject.of(network, patterns(1e14));
    Explainer smooth = new SmoothGrad(new PatternNet(new Linear(), Start.LOGIT), 2, 0.1, 1);
    INDArray inputs = Networks.inputs(network, 3, 5);
    assertThatThrownBy(() -> smooth.bind(subject).attribute(inputs, CLASSES))
        .hasMessageContaining("cannot be added up");
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aSignalBeyondFloat32IsTheFloat64OneDividedByItsMaximum(Network network) {
    INDArray inputs = Networks.inputs(network, 3, 5);
    PatternSource large = patterns(network.nodes().size() > 20 ? 1e5 : 1e14);
    for (Explainer method : METHODS) {
      Attributions wide = method.bind(Subject.of(network, large)).explain(inputs, CLASSES);
      assertThat(wide.note()).isEmpty();
      Attributions narrow = float32(method, network, large).explain(inputs, CLASSES);
      double[] logarithms = new double[3];
      for (int i = 0; i < 3; i++) {
        INDArray expected = Batches.slice(wide.values(), i, i + 1);
        double maximum = expected.amaxNumber().doubleValue();
        assertThat(maximum).isGreaterThan(Float.MAX_VALUE);
        logarithms[i] = Math.log10(maximum);
        INDArray actual = Batches.slice(narrow.values(), i, i + 1);
        assertThat(Shared.distance(actual, expected.div(maximum))).isLessThan(2e-5);
        assertThat(actual.amaxNumber().floatValue()).isEqualTo(1f);
      }
      assertThat(narrow.magnitudes()).containsExactly(logarithms, within(1e-5));
      assertThat(narrow.note().orElseThrow())
          .startsWith("3 of 3 attributions are beyond float32 (up to 1e");
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void examplesWithinRangeAreTheSameBitsBesideOthersBeyondIt(Network network) {
    INDArray inputs = Networks.inputs(network, 3, 5);
    for (int quiet : new int[] {0, 2}) { // without biases logits shrink with the input
      inputs.slice(quiet).muli(1e-36);
    }
    PatternSource large = patterns(network.nodes().size() > 20 ? 300 : 1e10);
    for (Explainer method : METHODS) {
      Attributor attributor = float32(method, network, large);
      Attributions together = attributor.explain(inputs, CLASSES);
      assertThat(together.magnitudes()[0]).isNaN();
      assertThat(together.magnitudes()[1]).isGreaterThan(38);
      assertThat(together.magnitudes()[2]).isNaN();
      for (int i = 0; i < 3; i++) {
        INDArray one = Batches.slice(inputs, i, i + 1);
        Attributions alone = attributor.explain(one, new int[] {CLASSES[i]});
        assertThat(alone.values()).isEqualTo(Batches.slice(together.values(), i, i + 1));
        assertThat(alone.magnitudes()).isEqualTo(new double[] {together.magnitudes()[i]});
      }
    }
  }

  @Test
  void whatIsInfiniteOnTheWayOnlyIsHandedBackAsItIs() {
    Network network = networks().findFirst().orElseThrow();
    INDArray inputs = Networks.inputs(network, 3, 5);
    // Up in twelve layers, down again in the first three.
    List<String> down = List.of("fc0", "fc1", "fc2");
    PatternSource hill =
        (estimator, node) -> {
          double factor = down.contains(node.name()) ? 1e-20 : 1e5;
          return Patterns.linear(((LinearLayer) node.layer()).weights().mul(factor));
        };
    for (Explainer method : METHODS) {
      INDArray wide = method.bind(Subject.of(network, hill)).attribute(inputs, CLASSES);
      Attributions narrow = float32(method, network, hill).explain(inputs, CLASSES);
      assertThat(narrow.note()).isEmpty();
      assertThat(wide.amaxNumber().doubleValue()).isBetween(1e-10, 1e30);
      assertThat(Shared.distance(narrow.values(), wide)).isLessThan(2e-5);
    }
  }

  private static Attributor float32(Explainer method, Network network, PatternSource patterns) {
    return method.bind(Subject.of(network.cast(DataType.FLOAT), patterns));
  }

  private static PatternSource patterns(double factor) {
    return (estimator, node) -> {
      INDArray weights = ((LinearLayer) node.layer()).weights();
      INDArray pattern =
          Networks.normal(node.name().hashCode(), weights.shape()).addi(weights).muli(factor);
      return Patterns.linear(pattern);
    };
  }
}
