package org.explain4j.methods.backpropagation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.explain4j.api.Attributor;
import org.explain4j.api.Catalog;
import org.explain4j.api.Explainer;
import org.explain4j.api.PatternSource;
import org.explain4j.api.Subject;
import org.explain4j.methods.perturbation.RealTimeSaliency;
import org.explain4j.network.Batches;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.moments.NetworkMoments;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What every explainer on the class path keeps, with its default settings unless these are slow.
 */
class ExplainerContractTest {
  private static final Map<String, Supplier<Network>> NETWORKS =
      Map.of(
          "convolutional", Networks::convolutional,
          "perceptron", Networks::perceptron,
          "graph", Networks::graph);

  /** Methods that are trained when bound. */
  private static final Map<String, Explainer> QUICK =
      Map.of("real-time-saliency", new RealTimeSaliency(1, 20, 0.01, 2, 1e-3, 2, 5, 0.3, 1));

  static Stream<Arguments> explainers() {
    return Catalog.of(Explainer.class).ids().stream()
        .flatMap(id -> NETWORKS.keySet().stream().sorted().map(name -> Arguments.of(id, name)));
  }

  @ParameterizedTest
  @MethodSource("explainers")
  void attributionsAreFiniteReproducibleAndIndependentOfTheBatch(String id, String name) {
    Network network = NETWORKS.get(name).get();
    INDArray inputs = Networks.inputs(network, 3, 7);
    INDArray before = inputs.dup();
    int[] classes = {0, 2, 1};
    Attributor attributor = bind(id, network);
    if (attributor == null) {
      return;
    }
    INDArray whole = attributor.attribute(inputs, classes);
    assertThat(whole.shape()).isEqualTo(inputs.shape());
    assertThat(whole.isNaN().any() || whole.isInfinite().any()).isFalse();
    assertThat(whole.norm2Number().doubleValue()).isPositive();
    assertThat(inputs).isEqualTo(before);
    assertThat(attributor.attribute(inputs, classes)).isEqualTo(whole);
    assertThat(bind(id, network).attribute(inputs, classes)).isEqualTo(whole);
    for (int i = 0; i < classes.length; i++) {
      INDArray alone =
          attributor.attribute(Batches.slice(inputs, i, i + 1), new int[] {classes[i]});
      assertThat(Shared.distance(alone, Batches.slice(whole, i, i + 1))).isLessThan(1e-9);
    }
  }

  @ParameterizedTest
  @MethodSource("explainers")
  void theNetworkStaysAsItIs(String id, String name) {
    Network network = NETWORKS.get(name).get();
    List<INDArray> before = weights(network).map(INDArray::dup).toList();
    INDArray inputs = Networks.inputs(network, 2, 7);
    Attributor attributor = bind(id, network);
    if (attributor != null) {
      attributor.attribute(inputs, new int[] {0, 2});
    }
    assertThat(weights(network).toList()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("explainers")
  void computesInTheNetworksTypeWhateverTheInputs(String id, String name) {
    Network network = NETWORKS.get(name).get().cast(DataType.FLOAT);
    INDArray inputs = Networks.inputs(NETWORKS.get(name).get(), 2, 7);
    Attributor attributor = bind(id, network);
    if (attributor != null) {
      INDArray result = attributor.attribute(inputs, new int[] {1, 0});
      assertThat(result.dataType()).isEqualTo(DataType.FLOAT);
      assertThat(result.isNaN().any() || result.isInfinite().any()).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("explainers")
  void classesThatDoNotExistAreRefused(String id, String name) {
    Network network = NETWORKS.get(name).get();
    Attributor attributor = bind(id, network);
    INDArray inputs = Networks.inputs(network, 1, 7);
    if (attributor != null) {
      assertThatThrownBy(() -> attributor.attribute(inputs, new int[] {99}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("99");
      assertThatThrownBy(() -> attributor.attribute(inputs, new int[] {0, 1}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("2");
    }
  }

  /** Null where the method says that it does not apply to vectors. */
  private static Attributor bind(String id, Network network) {
    INDArray data = Networks.inputs(network, 40, 11);
    PatternSource patterns = Subject.of(network, NetworkMoments.collect(network, data)).patterns();
    try {
      Explainer explainer = QUICK.getOrDefault(id, Catalog.of(Explainer.class).get(id));
      return explainer.bind(new Subject(network, patterns, () -> data));
    } catch (IllegalArgumentException e) {
      assertThat(network.inputShape()).as(e.getMessage()).hasSize(1);
      assertThat(e).hasMessageContaining("image");
      return null;
    }
  }

  private static Stream<INDArray> weights(Network network) {
    return network.linearNodes().stream()
        .map(Node::layer)
        .map(LinearLayer.class::cast)
        .flatMap(layer -> Stream.of(layer.weights(), layer.bias()));
  }
}
