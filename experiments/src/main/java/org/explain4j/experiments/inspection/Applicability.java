package org.explain4j.experiments.inspection;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.explain4j.api.Attributor;
import org.explain4j.api.Catalog;
import org.explain4j.api.Explainer;
import org.explain4j.api.Extension;
import org.explain4j.api.Patterns;
import org.explain4j.api.SignalEstimator;
import org.explain4j.api.Subject;
import org.explain4j.experiments.results.Errors;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.moments.LayerMoments;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Whether a method works on a network: tried, on one input of noise, with the network's own weights
 * in place of patterns. A method refuses a network before it computes, so one that is still working
 * after a while is stopped and counts as applying.
 *
 * @param id of the method
 * @param problem empty if it applies
 */
public record Applicability(String id, String problem) {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** Binds every explainer and explains one input, one by one as the stream is read. */
  public static Stream<Applicability> ofExplainers(Network network, Catalog<Explainer> explainers) {
    Subject subject = subject(network);
    return explainers.providers().values().stream()
        .map(explainer -> tried(explainer, () -> explain(explainer.bind(subject), network)));
  }

  /** Estimates patterns of the smallest linear layer from a few samples of noise. */
  public static Stream<Applicability> ofEstimators(
      Network network, Catalog<SignalEstimator> estimators) {
    Node node =
        network.linearNodes().stream()
            .min(Comparator.comparingLong(n -> linear(n).weights().length()))
            .orElseThrow(
                () -> new IllegalArgumentException("The network has no layer with weights."));
    LayerMoments moments = LayerMoments.of(linear(node), false);
    moments.addSamples(noise(List.of(linear(node).fanIn()), 32));
    return estimators.providers().values().stream()
        .map(
            estimator ->
                tried(
                    estimator,
                    () ->
                        estimator.estimate(
                            node.name(), linear(node), network.isLogits(node), moments)));
  }

  /** The network with its own weights in place of patterns, and noise as reference data. */
  static Subject subject(Network network) {
    return new Subject(
        network, (estimator, layer) -> standIn(layer), () -> noise(network.inputShape(), 2));
  }

  private static Applicability tried(Extension method, Runnable trial) {
    FutureTask<Void> work = new FutureTask<>(trial, null);
    Thread thread = new Thread(work, "inspect " + method.id());
    thread.setDaemon(true);
    thread.start();
    try {
      work.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      thread.interrupt();
      join(thread);
    } catch (ExecutionException e) {
      return new Applicability(method.id(), Errors.message(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Interrupted while trying " + method.id() + ".");
    }
    return new Applicability(method.id(), "");
  }

  /** Waits until the method has noticed: two at once would share memory and processors. */
  private static void join(Thread thread) {
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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

  private static Patterns standIn(Node layer) {
    return Patterns.linear(linear(layer).weights().dup());
  }

  private static INDArray noise(List<Long> shape, int examples) {
    long[] whole = new long[shape.size() + 1];
    whole[0] = examples;
    for (int i = 0; i < shape.size(); i++) {
      whole[i + 1] = shape.get(i);
    }
    float[] values = new float[Math.toIntExact(Arrays.stream(whole).reduce(1, (a, b) -> a * b))];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    return Nd4j.create(values, whole, 'c');
  }
}
