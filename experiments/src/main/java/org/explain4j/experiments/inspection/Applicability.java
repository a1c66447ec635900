package org.explain4j.experiments.inspection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.explain4j.api.Attributor;
import org.explain4j.api.Catalog;
import org.explain4j.api.Explainer;
import org.explain4j.api.Extension;
import org.explain4j.api.Patterns;
import org.explain4j.api.SignalEstimator;
import org.explain4j.api.Subject;
import org.explain4j.api.moments.LayerMoments;
import org.explain4j.api.network.LinearLayer;
import org.explain4j.api.network.Network;
import org.explain4j.api.network.Node;
import org.explain4j.experiments.results.Errors;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Whether a method works on a network: tried, on one input of noise, with the network's own weights
 * in the place of patterns.
 *
 * @param id of the method
 * @param problem empty if it applies
 */
public record Applicability(String id, String problem) {

  /** Binds every explainer and explains one input. */
  public static List<Applicability> ofExplainers(Network network, Catalog<Explainer> explainers) {
    Subject subject = subject(network);
    List<Applicability> found = new ArrayList<>();
    for (Explainer explainer : explainers.providers().values()) {
      found.add(tried(explainer, () -> explain(explainer.bind(subject), network)));
    }
    return found;
  }

  /** Estimates patterns of the smallest linear layer from a few samples of noise. */
  public static List<Applicability> ofEstimators(
      Network network, Catalog<SignalEstimator> estimators) {
    Node node =
        network.linearNodes().stream()
            .min(java.util.Comparator.comparingLong(n -> linear(n).weights().length()))
            .orElseThrow(
                () -> new IllegalArgumentException("The network has no layer with weights."));
    LayerMoments moments = LayerMoments.of(linear(node), false);
    moments.addSamples(noise(List.of(linear(node).fanIn()), 32));
    List<Applicability> found = new ArrayList<>();
    for (SignalEstimator estimator : estimators.providers().values()) {
      found.add(
          tried(
              estimator,
              () ->
                  estimator.estimate(node.name(), linear(node), network.isLogits(node), moments)));
    }
    return found;
  }

  /** The network with its own weights in the place of patterns, and noise for reference data. */
  static Subject subject(Network network) {
    return new Subject(
        network, estimator -> standIns(network), () -> noise(network.inputShape(), 2));
  }

  private static Applicability tried(Extension method, Runnable trial) {
    try {
      trial.run();
      return new Applicability(method.id(), "");
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      return new Applicability(method.id(), Errors.message(e));
    }
  }

  private static void explain(Attributor attributor, Network network) {
    try (INDArray input = noise(network.inputShape(), 1)) {
      attributor.attribute(input, new int[1]).close();
    }
  }

  private static LinearLayer linear(Node node) {
    return (LinearLayer) node.layer();
  }

  private static Map<String, Patterns> standIns(Network network) {
    Map<String, Patterns> patterns = new HashMap<>();
    for (Node node : network.linearNodes()) {
      patterns.put(node.name(), Patterns.linear(linear(node).weights().castTo(DataType.DOUBLE)));
    }
    return patterns;
  }

  private static INDArray noise(List<Long> shape, int examples) {
    long[] whole = new long[shape.size() + 1];
    whole[0] = examples;
    for (int i = 0; i < shape.size(); i++) {
      whole[i + 1] = shape.get(i);
    }
    float[] values =
        new float[Math.toIntExact(java.util.Arrays.stream(whole).reduce(1, (a, b) -> a * b))];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    return Nd4j.create(values, whole, 'c');
  }
}
