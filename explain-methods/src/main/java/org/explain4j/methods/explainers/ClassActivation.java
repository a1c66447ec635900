package org.explain4j.methods.explainers;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.explain4j.api.Explainer;
import org.explain4j.api.Start;
import org.explain4j.api.network.Activations;
import org.explain4j.api.network.Convolution;
import org.explain4j.api.network.LayerKind;
import org.explain4j.api.network.Network;
import org.explain4j.api.network.Node;
import org.explain4j.api.propagation.Composite;
import org.explain4j.api.propagation.PropagationRule;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Feature maps weighted by their mean gradient. */
record ClassActivation(Network network, Node node) {

  /**
   * @param name of the node whose output is weighted; empty for the last rectifier (else
   *     convolution) whose output is an image
   * @throws IllegalArgumentException if there is no such node, or its output is no image
   */
  static ClassActivation of(Network network, String name, Explainer explainer) {
    Images.of(network, explainer);
    if (!name.isEmpty()) {
      Node node = network.node(name);
      if (!isImage(network, node)) {
        throw new IllegalArgumentException(
            "The output of '%s' is %s, no image."
                .formatted(name, network.shapes().get(node.name())));
      }
      return new ClassActivation(network, node);
    }
    List<Node> images = network.nodes().stream().filter(n -> isImage(network, n)).toList();
    return new ClassActivation(
        network,
        last(images.stream().filter(n -> n.layer().kind() == LayerKind.RELU).toList())
            .or(() -> last(images.stream().filter(n -> n.layer() instanceof Convolution).toList()))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "The method '%s' needs a convolution whose output is an image."
                            .formatted(explainer.id()))));
  }

  private static Optional<Node> last(List<Node> nodes) {
    return nodes.stream().reduce((first, second) -> second);
  }

  private static boolean isImage(Network network, Node node) {
    List<Long> shape = network.shapes().get(node.name());
    return shape.size() == 3 && shape.get(1) * shape.get(2) > 1;
  }

  /** Maps {@code [n,c,h,w]} to {@code [n,h',w']} at the node's resolution, not negative. */
  INDArray maps(INDArray inputs, int[] classes) {
    INDArray[] gradient = new INDArray[1];
    PropagationRule keep =
        (site, message) -> {
          gradient[0] = message.dup('c');
          return PropagationRule.gradient().propagate(site, message);
        };
    Composite composite = Composite.gradient().with(List.of(node), keep);
    try (Activations activations = network.forward(inputs);
        INDArray start = Backpropagation.start(activations.logits(), classes, Start.ONE);
        INDArray unused = composite.backward(network, activations, start);
        INDArray slopes = gradient[0]) {
      INDArray features = activations.output(node);
      try (INDArray weights = slopes.mean(true, 2, 3);
          INDArray weighted = features.mul(weights);
          INDArray sum = weighted.sum(1)) {
        return Transforms.relu(sum, true).castTo(DataType.DOUBLE);
      }
    }
  }

  /**
   * Enlarges a map that {@link #maps} made and writes it into every channel: bilinear
   * interpolation, pixel centres at half integers, edges repeated.
   */
  void enlarge(double[] maps, int from, Images images, double[] target, int offset) {
    List<Long> shape = network.shapes().get(node.name());
    int h = shape.get(1).intValue();
    int w = shape.get(2).intValue();
    double[] map = Arrays.copyOfRange(maps, from, from + h * w);
    double[] result = new double[images.pixels()];
    for (int y = 0; y < images.height(); y++) {
      double sy = clamp((y + 0.5) * h / images.height() - 0.5, h);
      int y0 = (int) sy;
      int y1 = Math.min(y0 + 1, h - 1);
      for (int x = 0; x < images.width(); x++) {
        double sx = clamp((x + 0.5) * w / images.width() - 0.5, w);
        int x0 = (int) sx;
        int x1 = Math.min(x0 + 1, w - 1);
        double top = map[y0 * w + x0] * (1 - sx + x0) + map[y0 * w + x1] * (sx - x0);
        double bottom = map[y1 * w + x0] * (1 - sx + x0) + map[y1 * w + x1] * (sx - x0);
        result[y * images.width() + x] = top * (1 - sy + y0) + bottom * (sy - y0);
      }
    }
    images.spread(result, target, offset);
  }

  private static double clamp(double place, int size) {
    return Math.max(0, Math.min(size - 1.0, place));
  }
}
