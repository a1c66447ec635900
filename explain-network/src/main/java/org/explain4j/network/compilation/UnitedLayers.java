package org.explain4j.network.compilation;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.explain4j.network.Convolution;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Node;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Convolutions of a node with the same window as one with all their neurons: x is read once. */
final class UnitedLayers {
  /** Channels that lie beside each other; neurons that are no whole blocks would be moved. */
  private static final int BLOCK = 16;

  private final Compilation compilation;
  private final Node node;
  private final List<LinearLayer> layers;
  private final Convolution all;
  private final Map<Integer, List<Integer>> outputs = new HashMap<>();

  UnitedLayers(Compilation compilation, Node node, List<LinearLayer> layers) {
    this.compilation = compilation;
    this.node = node;
    this.layers = layers;
    all =
        new Convolution(
            Nd4j.concat(0, layers.stream().map(LinearLayer::weights).toArray(INDArray[]::new)),
            Nd4j.concat(0, layers.stream().map(LinearLayer::bias).toArray(INDArray[]::new)),
            ((Convolution) layers.get(0)).window());
    compilation.passing(all.weights());
  }

  static boolean suits(List<LinearLayer> layers) {
    return layers.size() > 1
        && layers.stream()
            .allMatch(
                layer ->
                    layer instanceof Convolution convolution
                        && convolution.groups() == 1
                        && convolution.neurons() % BLOCK == 0
                        && convolution.window().equals(((Convolution) layers.get(0)).window()));
  }

  /** Whether it is made of these very layers. */
  boolean is(List<LinearLayer> others) {
    boolean is = layers.size() == others.size();
    for (int i = 0; is && i < layers.size(); i++) {
      is = layers.get(i) == others.get(i);
    }
    return is;
  }

  /** The output of each layer. */
  List<Integer> forward(int x) {
    return outputs.computeIfAbsent(
        x,
        source -> {
          int made = new LinearSteps(compilation).forward(all, source, shape(), false);
          return new Rearrangements(compilation)
              .split(made, Collections.nCopies(layers.size(), compilation.shape(node.name())));
        });
  }

  /** The sum of what each layer's transpose makes of its message. */
  int transpose(List<Integer> messages) {
    int message = new Rearrangements(compilation).concatenated(messages, shape());
    long[] below = compilation.shape(node.inputs().get(0));
    return new LinearSteps(compilation).transposed(all, message, below);
  }

  private long[] shape() {
    long[] shape = compilation.shape(node.name());
    shape[1] *= layers.size();
    return shape;
  }
}
