package org.explain4j.metrics.randomisation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.explain4j.api.Metric.Evaluation;
import org.explain4j.api.Metric.Rebinding.PatternUse;
import org.explain4j.metrics.features.Groups;
import org.explain4j.metrics.features.Maps;
import org.explain4j.metrics.features.Pixels;
import org.explain4j.network.Classifier;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The engine of metrics that change the network: its layers with weights, of which some get random
 * ones. All other layers stay, batch normalisation too.
 *
 * @param weights new ones of a layer
 * @param patterns of a method that has any
 */
record Randomised(Evaluation evaluation, Weights weights, PatternUse patterns) {

  /** Gives a layer other weights and biases of the same shapes. */
  @FunctionalInterface
  interface Weights {
    LinearLayer of(Node node);
  }

  /** Uniform in +-1/sqrt(fan-in), as PyTorch initialises; each layer has draws of its own. */
  static Weights uniform(long seed) {
    return node -> {
      LinearLayer layer = (LinearLayer) node.layer();
      SplittableRandom random = new SplittableRandom(seed * 31 + node.name().hashCode());
      double bound = 1 / Math.sqrt((double) layer.fanIn());
      return layer.with(drawn(random, bound, layer.weights()), drawn(random, bound, layer.bias()));
    };
  }

  private static INDArray drawn(SplittableRandom random, double bound, INDArray like) {
    double[] values = new double[Math.toIntExact(like.length())];
    for (int i = 0; i < values.length; i++) {
      values[i] = bound * (2 * random.nextDouble() - 1);
    }
    return Nd4j.createFromArray(values).reshape('c', like.shape()).castTo(like.dataType());
  }

  /** The layers that are random at each stage. */
  List<Set<String>> stages(LayerOrder order) {
    List<String> names =
        new ArrayList<>(evaluation.network().linearNodes().stream().map(Node::name).toList());
    if (order != LayerOrder.BOTTOM_UP) {
      Collections.reverse(names);
    }
    List<Set<String>> stages = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      stages.add(new TreeSet<>(names.subList(order == LayerOrder.INDEPENDENT ? i : 0, i + 1)));
    }
    return stages;
  }

  /** The network with these layers random. */
  Network network(Set<String> layers) {
    return evaluation
        .network()
        .with(node -> layers.contains(node.name()) ? weights.of(node) : node.layer());
  }

  /** The maps of the network with these layers random. */
  double[][] maps(Set<String> layers, INDArray inputs) {
    try (INDArray maps =
        evaluation
            .explained()
            .rebinding()
            .bind(network(layers), patterns)
            .attribute(inputs, evaluation.classes())) {
      return pixels(maps);
    }
  }

  /** The value of each pixel. */
  double[][] pixels(INDArray maps) {
    Groups single = Groups.single(size());
    double[][] rows = Maps.rows(maps.castTo(DataType.DOUBLE));
    for (int i = 0; i < rows.length; i++) {
      rows[i] = single.sums(rows[i]);
    }
    return rows;
  }

  Pixels size() {
    return Pixels.of(evaluation.classifier());
  }

  /** Number of layers with weights; of a black box 1, for want of knowledge. */
  static int layers(Classifier classifier) {
    return classifier instanceof Network network ? network.linearNodes().size() : 1;
  }
}
