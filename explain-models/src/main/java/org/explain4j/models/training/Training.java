package org.explain4j.models.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.explain4j.api.Progress;
import org.explain4j.api.Split;
import org.explain4j.network.Activations;
import org.explain4j.network.LayerKind;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.network.propagation.Composite;
import org.explain4j.network.propagation.PropagationRule;
import org.explain4j.network.propagation.Site;
import org.explain4j.network.training.CosineAdam;
import org.explain4j.network.training.Shuffle;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Minimises the cross-entropy with {@link CosineAdam}.
 *
 * @param epochs passes over the data
 * @param batch examples per step
 * @param learningRate of the first step
 * @param seed of the order of the examples, at least 1
 */
record Training(int epochs, int batch, double learningRate, long seed) {

  /**
   * Trains a network in place.
   *
   * @return the mean loss of the last epoch
   */
  double run(Network network, Split data, Progress progress) {
    SplittableRandom random = new SplittableRandom(seed);
    int steps = (data.size() + batch - 1) / batch;
    long total = (long) steps * epochs;
    CosineAdam adam = new CosineAdam(parameters(network), learningRate, total);
    double loss = 0;
    for (int epoch = 0; epoch < epochs; epoch++) {
      int[] order = Shuffle.order(data.size(), random);
      double sum = 0;
      for (int step = 0; step < steps; step++) {
        int[] indices =
            Arrays.copyOfRange(order, step * batch, Math.min(order.length, (step + 1) * batch));
        long done = (long) epoch * steps + step;
        Map<String, List<INDArray>> gradients = new HashMap<>();
        sum += indices.length * gradients(network, data, indices, gradients);
        adam.step(
            network.linearNodes().stream()
                .flatMap(node -> gradients.get(node.name()).stream())
                .toList());
        loss = sum / Math.min(order.length, (step + 1) * batch);
        progress.step(
            "train",
            done + 1,
            total,
            String.format(Locale.ROOT, "epoch %d, loss %.3f", epoch + 1, loss));
      }
    }
    return loss;
  }

  /** Weights and bias of every linear node. */
  private static List<INDArray> parameters(Network network) {
    return network.linearNodes().stream()
        .map(node -> (LinearLayer) node.layer())
        .flatMap(layer -> Stream.of(layer.weights(), layer.bias()))
        .toList();
  }

  /** Mean loss of a batch; puts each linear node's gradients of weights and bias in the map. */
  private static double gradients(
      Network network, Split data, int[] indices, Map<String, List<INDArray>> gradients) {
    int[] labels = data.labels(indices);
    PropagationRule recording =
        (site, message) -> {
          gradients.put(site.node().name(), weightGradients(site, message));
          return PropagationRule.gradient().propagate(site, message);
        };
    // The gradient of the pixels is not needed here.
    PropagationRule last =
        (site, message) -> {
          gradients.put(site.node().name(), weightGradients(site, message));
          return List.of(site.input().ulike());
        };
    Composite composite =
        Composite.gradient()
            .with(LayerKind.LINEAR, recording)
            .with(network.firstLinearNodes(), last);
    try (INDArray inputs = data.inputs(indices);
        Activations activations = network.forward(inputs);
        INDArray residuals = Transforms.softmax(activations.logits(), true)) {
      double loss = 0;
      for (int i = 0; i < labels.length; i++) {
        double probability = residuals.getDouble(i, labels[i]);
        loss -= Math.log(Math.max(probability, Double.MIN_NORMAL));
        residuals.putScalar(i, labels[i], probability - 1);
      }
      residuals.divi(labels.length);
      composite.backward(network, activations, residuals).close();
      return loss / labels.length;
    }
  }

  private static List<INDArray> weightGradients(Site site, INDArray message) {
    List<INDArray> both = new ArrayList<>();
    both.add(((LinearLayer) site.layer()).weightGradient(site.input(), message));
    both.add(message.rank() == 4 ? message.sum(0, 2, 3) : message.sum(0));
    return both;
  }
}
