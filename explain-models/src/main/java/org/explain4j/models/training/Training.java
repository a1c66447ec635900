package org.explain4j.models.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.explain4j.api.Progress;
import org.explain4j.api.Split;
import org.explain4j.network.Activations;
import org.explain4j.network.LayerKind;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.propagation.Composite;
import org.explain4j.network.propagation.PropagationRule;
import org.explain4j.network.propagation.Site;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Minimises the cross-entropy with ADAM (Kingma and Ba, arXiv 1412.6980), the learning rate falling
 * to 0 along half a cosine (Loshchilov and Hutter, arXiv 1608.03983).
 *
 * @param epochs passes over the data
 * @param batch examples per step
 * @param learningRate of the first step
 * @param seed of the order of the examples, at least 1
 */
record Training(int epochs, int batch, double learningRate, long seed) {

  /** One network's weights, changed in place while it is trained, and ADAM's memory of each. */
  private record Parameter(INDArray values, Adam settings, GradientUpdater<?> adam) {}

  /**
   * Trains a network in place.
   *
   * @return the mean loss of the last epoch
   */
  double run(Network network, Split data, Progress progress) {
    Map<String, List<Parameter>> parameters = new HashMap<>();
    for (Node node : network.linearNodes()) {
      LinearLayer layer = (LinearLayer) node.layer();
      parameters.put(node.name(), List.of(parameter(layer.weights()), parameter(layer.bias())));
    }
    SplittableRandom random = new SplittableRandom(seed);
    int steps = (data.size() + batch - 1) / batch;
    long total = (long) steps * epochs;
    double loss = 0;
    for (int epoch = 0; epoch < epochs; epoch++) {
      int[] order = shuffled(data.size(), random);
      double sum = 0;
      for (int step = 0; step < steps; step++) {
        int[] indices =
            java.util.Arrays.copyOfRange(
                order, step * batch, Math.min(order.length, (step + 1) * batch));
        long done = (long) epoch * steps + step;
        double rate = learningRate * 0.5 * (1 + Math.cos(Math.PI * done / total));
        Map<String, List<INDArray>> gradients = new HashMap<>();
        sum += indices.length * gradients(network, data, indices, gradients);
        update(parameters, gradients, rate, (int) done);
        loss = sum / Math.min(order.length, (step + 1) * batch);
        progress.step("train", done + 1, total, "epoch %d, loss %.3f".formatted(epoch + 1, loss));
      }
    }
    return loss;
  }

  private static int[] shuffled(int size, SplittableRandom random) {
    int[] order = IntStream.range(0, size).toArray();
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  private Parameter parameter(INDArray values) {
    Adam settings = new Adam(learningRate);
    GradientUpdater<?> adam =
        settings.instantiate(Map.of("M", values.ulike(), "V", values.ulike()), true);
    return new Parameter(values, settings, adam);
  }

  private static void update(
      Map<String, List<Parameter>> parameters,
      Map<String, List<INDArray>> gradients,
      double rate,
      int iteration) {
    parameters.forEach(
        (node, both) -> {
          for (int i = 0; i < both.size(); i++) {
            try (INDArray step = gradients.get(node).get(i)) {
              both.get(i).settings().setLearningRate(rate);
              both.get(i).adam().applyUpdater(step, iteration, 0);
              both.get(i).values().subi(step);
            }
          }
        });
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
    // The gradient of the pixels is nobody's business here.
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
