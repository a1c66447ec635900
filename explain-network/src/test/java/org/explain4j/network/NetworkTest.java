package org.explain4j.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.explain4j.network.propagation.Composite;
import org.explain4j.network.propagation.PropagationRule;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NetworkTest {
  private static final Node RELU_A = new Node("a", Activation.RELU, List.of(Network.INPUT));

  @Test
  void aResidualBlockAddsTheGradientsOfBothBranches() {
    Network network =
        new Network(
            List.of(2L),
            List.of(
                new Node("double", scale(2), List.of(Network.INPUT)),
                new Node("triple", scale(3), List.of(Network.INPUT)),
                new Node("sum", new Add(), List.of("double", "triple", Network.INPUT))));
    INDArray input = Nd4j.createFromArray(new float[][] {{1, -1}});
    try (Activations activations = network.forward(input)) {
      assertThat(activations.logits().toFloatVector()).containsExactly(6, -6);
      INDArray start = Nd4j.createFromArray(new float[][] {{1, 0}});
      INDArray gradient = Composite.gradient().backward(network, activations, start);
      assertThat(gradient.toFloatVector()).containsExactly(6, 0);
      assertThat(start.toFloatVector()).containsExactly(1, 0);
    }
    assertThat(input.toFloatVector()).containsExactly(1, -1);
  }

  @Test
  void aNodeUsedTwiceKeepsItsOutputUntilTheLastUse() {
    Network network =
        new Network(
            List.of(2L),
            List.of(
                RELU_A,
                new Node("b", scale(2), List.of("a")),
                new Node("flat", new Flatten(), List.of("a")),
                new Node("sum", new Add(), List.of("b", "flat"))));
    INDArray input = Nd4j.createFromArray(new float[][] {{1, -1}, {3, 4}});
    assertThat(network.logits(input).toFloatMatrix())
        .isDeepEqualTo(new float[][] {{3, 0}, {9, 12}});
    assertThat(network.predict(input)).containsExactly(0, 1);
    assertThat(input.wasClosed()).isFalse();
  }

  /** A network whose arrays are large enough for their memory to be taken up again. */
  private static Network large(Node... behindRelu) {
    return new Network(
        List.of(4L, 200L, 200L), Stream.concat(Stream.of(RELU_A), Stream.of(behindRelu)).toList());
  }

  @Test
  void twoNamesOfTheSameMemoryAreFreedOnce() {
    Network network =
        large(
            new Node("flat", new Flatten(), List.of("a")),
            new Node("again", new Flatten(), List.of("a")),
            new Node("sum", new Add(), List.of("flat", "again")));
    INDArray input = Nd4j.ones(DataType.FLOAT, 1, 4, 200, 200);
    assertThat(network.logits(input).sumNumber().intValue()).isEqualTo(2 * 4 * 200 * 200);
  }

  @Test
  void whatIsObservedIsWhatFlowsThoughItsMemoryIsUsedAgain() {
    Network network =
        large(
            new Node("b", Activation.RELU, List.of("a")),
            new Node("c", Activation.of(ActivationFunction.TANH), List.of("b")),
            new Node("unread", Activation.of(ActivationFunction.TANH), List.of("a")),
            new Node("sum", new Add(), List.of("a", "c", Network.INPUT)));
    INDArray input = Nd4j.randn(DataType.FLOAT, 2, 4, 200, 200);
    INDArray copy = input.dup();
    List<String> observed = new ArrayList<>();
    try (Activations kept = network.forward(input)) {
      for (int again = 0; again < 2; again++) {
        network.observe(
            input,
            (node, inputs, output) -> {
              observed.add(node.name());
              assertThat(output).as(node.name()).isEqualTo(kept.output(node));
              assertThat(inputs).as(node.name()).isEqualTo(kept.inputs(node));
            });
      }
    }
    assertThat(observed)
        .containsExactly("a", "b", "c", "unread", "sum", "a", "b", "c", "unread", "sum");
    assertThat(input).isEqualTo(copy);
  }

  @Test
  void probabilitiesSumToOne() {
    Network network = new Network(List.of(2L), List.of(new Node("fc", scale(1), List.of("input"))));
    INDArray p = network.probabilities(Nd4j.createFromArray(new float[][] {{0, 0}, {100, -100}}));
    assertThat(p.toFloatMatrix()).isDeepEqualTo(new float[][] {{.5f, .5f}, {1, 0}});
  }

  @Test
  void graphErrorsNameTheNode() {
    assertThatThrownBy(() -> new Network(List.of(2L), List.of(RELU_A, RELU_A)))
        .hasMessageContaining("'a'");
    assertThatThrownBy(
            () ->
                new Network(List.of(2L), List.of(new Node("x", Activation.RELU, List.of("later")))))
        .hasMessageContaining("'x'")
        .hasMessageContaining("'later'");
    assertThatThrownBy(
            () -> new Network(List.of(3L), List.of(new Node("fc", scale(1), List.of("input")))))
        .hasMessageContaining("'fc'")
        .hasMessageContaining("2 inputs")
        .hasMessageContaining("[3]");
    assertThatThrownBy(() -> new Network(List.of(2L), List.of(RELU_A)).node("b"))
        .hasMessageContaining("Nodes: a");
  }

  @Test
  void aBatchOfTheWrongShapeIsRefusedWithBothShapes() {
    Network network = new Network(List.of(2L), List.of(RELU_A));
    assertThatThrownBy(() -> network.logits(Nd4j.zeros(1, 3)))
        .hasMessageContaining("[2]")
        .hasMessageContaining("[1, 3]");
  }

  @Test
  void theLogitLayerAndTheFirstLayerAreFoundBehindReshapes() {
    LinkedHashMap<String, Layer> layers = new LinkedHashMap<>();
    layers.put("flat", new Flatten());
    layers.put("fc1", new Dense(Nd4j.ones(3, 4), Nd4j.zeros(3)));
    layers.put("relu", Activation.RELU);
    layers.put("fc2", new Dense(Nd4j.ones(2, 3), Nd4j.zeros(2)));
    layers.put("end", new Flatten());
    Network network = Network.chain(List.of(1L, 2L, 2L), layers);
    assertThat(network.firstLinearNodes()).extracting(Node::name).containsExactly("fc1");
    assertThat(network.isLogits(network.node("fc2"))).isTrue();
    assertThat(network.isLogits(network.node("fc1"))).isFalse();
    assertThat(network.classes()).isEqualTo(2);
    assertThat(network.parameters()).isEqualTo(12 + 3 + 6 + 2);
    assertThat(network.cast(DataType.DOUBLE).dataType()).isEqualTo(DataType.DOUBLE);
  }

  @Test
  void aCompositeWithoutARuleForAKindIsRefused() {
    assertThatThrownBy(
            () -> new Composite(Map.of(LayerKind.LINEAR, PropagationRule.gradient()), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("No propagation rule");
  }

  private static Dense scale(double factor) {
    return new Dense(Nd4j.eye(2).castTo(DataType.FLOAT).mul(factor), Nd4j.zeros(DataType.FLOAT, 2));
  }
}
