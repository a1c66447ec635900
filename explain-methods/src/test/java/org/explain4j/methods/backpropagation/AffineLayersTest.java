package org.explain4j.methods.backpropagation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.explain4j.api.Explainer;
import org.explain4j.api.Patterns;
import org.explain4j.api.Start;
import org.explain4j.api.Subject;
import org.explain4j.methods.estimators.Linear;
import org.explain4j.network.Affine;
import org.explain4j.network.Layer;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.testing.Shared;
import org.explain4j.testkit.Networks;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Batch normalisation explains the same whether it was folded into its layer or not. */
class AffineLayersTest {
  private static final int[] CLASSES = {0, 1, 2};

  static Stream<Explainer> explainers() {
    return Stream.of(
        new Gradient(),
        new GuidedBackprop(),
        new LrpZero(),
        new LrpZero(false, Start.LOGIT),
        new LrpEpsilon(1e-9, true, Start.LOGIT),
        new PatternNet(new Linear(), Start.LOGIT),
        new PatternAttribution(new Linear(), Start.LOGIT));
  }

  @ParameterizedTest
  @MethodSource("explainers")
  void anAffineLayerExplainsAsIfItWereFolded(Explainer explainer) {
    Network plain = Networks.convolutional();
    LinearLayer conv = (LinearLayer) plain.node("conv2").layer();
    Affine affine =
        new Affine(Networks.normal(1, conv.neurons()), Networks.normal(2, conv.neurons()));
    INDArray pattern = Networks.normal(3, conv.weights().shape());
    Network unfolded = inserted(plain, affine);
    Network folded =
        plain.with(node -> node.name().equals("conv2") ? merged(conv, affine) : node.layer());
    INDArray inputs = Networks.inputs(plain, 3, 5);
    assertThat(Shared.distance(unfolded.logits(inputs), folded.logits(inputs))).isLessThan(1e-12);
    INDArray a = explainer.bind(subject(unfolded, pattern)).attribute(inputs, CLASSES);
    INDArray inverse = rows(pattern, affine.scale().rdiv(1));
    INDArray b = explainer.bind(subject(folded, inverse)).attribute(inputs, CLASSES);
    assertThat(Shared.distance(a, b)).isLessThan(1e-6);
  }

  private static Network inserted(Network network, Affine affine) {
    List<Node> nodes = new ArrayList<>();
    for (Node node : network.nodes()) {
      boolean behind = node.inputs().contains("conv2");
      if (behind) {
        nodes.add(new Node("affine", affine, List.of("conv2")));
      }
      nodes.add(behind ? new Node(node.name(), node.layer(), List.of("affine")) : node);
    }
    return new Network(network.inputShape(), nodes);
  }

  private static Layer merged(LinearLayer layer, Affine affine) {
    return layer.with(
        rows(layer.weights(), affine.scale()),
        layer.bias().mul(affine.scale()).add(affine.shift()));
  }

  private static INDArray rows(INDArray weights, INDArray factors) {
    return weights.mul(factors.reshape(factors.length(), 1, 1, 1));
  }

  private static Subject subject(Network network, INDArray pattern) {
    return Subject.of(
        network,
        (estimator, layer) -> {
          INDArray weights = ((LinearLayer) layer.layer()).weights();
          return Patterns.linear(layer.name().equals("conv2") ? pattern.dup() : weights.dup());
        });
  }
}
