package org.explain4j.methods.backpropagation;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.explain4j.api.Attributor;
import org.explain4j.api.Explainer;
import org.explain4j.api.Propagation;
import org.explain4j.api.Start;
import org.explain4j.methods.images.ImageShape;
import org.explain4j.methods.images.SeparableMap;
import org.explain4j.network.Activation;
import org.explain4j.network.Activations;
import org.explain4j.network.Convolution;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.propagation.Composite;
import org.explain4j.network.propagation.PropagationRule;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Feature maps weighted by their mean gradient. */
record ClassActivation(Network network, Node node) {

  /**
   * @param name of the node whose output is weighted; empty for the last activation (else
   *     convolution) whose output is an image
   * @throws IllegalArgumentException if there is no such node, or its output is not an image
   */
  static ClassActivation of(Network network, String name, Explainer explainer) {
    ImageShape.of(network, explainer);
    Map<String, List<Long>> shapes =
        network.shapes(); // once: a network may have thousands of nodes
    if (!name.isEmpty()) {
      Node node = network.node(name);
      if (!ImageShape.isImage(shapes.get(node.name()))) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "The output of '%s' has shape %s, which is not an image.",
                name,
                shapes.get(node.name())));
      }
      return new ClassActivation(network, node);
    }
    List<Node> images =
        network.nodes().stream()
            .filter(node -> ImageShape.isImage(shapes.get(node.name())))
            .toList();
    return new ClassActivation(
        network,
        last(images.stream().filter(n -> Activation.isFeatures(n.layer())).toList())
            .or(() -> last(images.stream().filter(n -> n.layer() instanceof Convolution).toList()))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        String.format(
                            Locale.ROOT,
                            "The method '%s' needs a convolution whose output is an image.",
                            explainer.id()))));
  }

  private static Optional<Node> last(List<Node> nodes) {
    return nodes.stream().reduce((first, second) -> second);
  }

  /** Maps enlarged to the image, the same in all its channels. */
  Attributor attributor() {
    SeparableMap enlargement = enlargement();
    return (inputs, classes) -> {
      try (INDArray maps = maps(inputs, classes);
          INDArray large = enlargement.apply(maps)) {
        return large.repeat(1, inputs.size(1));
      }
    };
  }

  /** The bilinear enlargement of a map to the image's size. */
  private SeparableMap enlargement() {
    List<Long> shape = network.shapes().get(node.name());
    List<Long> image = network.inputShape();
    return SeparableMap.bilinear(
        shape.get(1).intValue(),
        shape.get(2).intValue(),
        image.get(1).intValue(),
        image.get(2).intValue(),
        network.dataType());
  }

  /**
   * Maps {@code [n,c,h,w]} to {@code [n,1,h',w']} at the node's resolution; no value is negative.
   */
  INDArray maps(INDArray inputs, int[] classes) {
    INDArray[] gradient = new INDArray[1];
    PropagationRule keep =
        (site, message) -> {
          gradient[0] = message.dup('c');
          return PropagationRule.gradient().propagate(site, message);
        };
    Composite composite = Composite.gradient().with(List.of(node), keep);
    try (Activations activations = network.forward(inputs);
        INDArray start = Propagation.start(activations.logits(), classes, Start.ONE);
        INDArray unused = composite.backward(network, activations, start);
        INDArray slopes = gradient[0]) {
      INDArray features = activations.output(node);
      try (INDArray weights = slopes.mean(true, 2, 3);
          INDArray weighted = features.mul(weights);
          INDArray sum = weighted.sum(true, 1)) {
        return Transforms.relu(sum, true);
      }
    }
  }
}
