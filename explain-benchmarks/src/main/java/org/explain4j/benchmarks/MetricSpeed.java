package org.explain4j.benchmarks;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.explain4j.api.Attributor;
import org.explain4j.api.Catalog;
import org.explain4j.api.Metric;
import org.explain4j.api.Start;
import org.explain4j.network.Network;
import org.explain4j.network.arrays.Batches;
import org.explain4j.network.propagation.Composite;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How near metrics come to the rate of the forward passes that they are made of.
 *
 * <pre>MetricSpeed small|vgg16 IMAGES ROUNDS METRIC...</pre>
 *
 * METRIC is an id; the attributions are gradients. The rate of the forward pass is that of batches
 * as large as the metrics use; {@code torch:deletion} is deletion of the small network's images in
 * PyTorch, all images of a step in one batch ({@link PyTorch}). A metric's rate is the number of
 * forward passes that it declares, by its time.
 */
public final class MetricSpeed {
  private static final Logger LOG = LoggerFactory.getLogger(MetricSpeed.class);
  private static final String TORCH = "torch:deletion";

  private MetricSpeed() {}

  public static void main(String[] arguments) throws IOException {
    Network network = RandomNetworks.named(arguments[0]);
    int images = Integer.parseInt(arguments[1]);
    int rounds = Integer.parseInt(arguments[2]);
    List<String> metrics = Arrays.asList(arguments).subList(3, arguments.length);
    Map<String, Double> passes = new LinkedHashMap<>();
    Map<String, Runnable> work = work(network, images, metrics, passes);
    if (metrics.contains(TORCH)) {
      try (PyTorch torch = new PyTorch(arguments[0], images)) {
        work.put(TORCH, () -> torch.run("deletion"));
        print(new Rounds(work, rounds), passes);
      }
    } else {
      print(new Rounds(work, rounds), passes);
    }
  }

  private static Map<String, Runnable> work(
      Network network, int images, List<String> metrics, Map<String, Double> passes) {
    INDArray inputs = RandomNetworks.images(network, images);
    int[] classes = network.predict(inputs);
    Attributor gradient = Attributor.of(network, Composite.gradient(), Start.ONE);
    INDArray maps = gradient.attribute(inputs, classes);
    INDArray batch = batch(inputs, network.batchSize());
    Map<String, Runnable> work = new LinkedHashMap<>();
    int repeats = images / 5;
    work.put(
        "forward",
        () -> {
          for (int i = 0; i < repeats; i++) { // as warm as within a metric
            network.logits(batch).close();
          }
        });
    passes.put("forward", (double) batch.size(0) * repeats);
    for (String id : metrics) {
      if (id.equals(TORCH)) {
        passes.put(id, passes.get("deletion"));
        continue;
      }
      Metric metric = Catalog.of(Metric.class).get(id);
      passes.put(id, images * metric.cost(network).forwards());
      work.put(
          id,
          () -> metric.evaluate(new Metric.Evaluation(network, inputs, classes, gradient, maps)));
    }
    return work;
  }

  /** As many images as fill a batch, some of them repeated. */
  private static INDArray batch(INDArray inputs, int size) {
    long[] shape = inputs.shape().clone();
    shape[0] = size;
    INDArray batch = Nd4j.create(inputs.dataType(), shape);
    for (int i = 0; i < size; i++) {
      try (INDArray one = Batches.slice(inputs, i % inputs.size(0), i % inputs.size(0) + 1)) {
        batch.slice(i).assign(one.slice(0));
      }
    }
    return batch;
  }

  private static void print(Rounds times, Map<String, Double> passes) {
    double forward = passes.get("forward") / times.seconds("forward");
    passes.forEach(
        (id, count) -> {
          double rate = count / times.seconds(id);
          LOG.info(
              "{} {} passes/s, {} of the forward rate",
              "%-28s".formatted(id),
              "%9.0f".formatted(rate),
              "%.2f".formatted(rate / forward));
        });
    LOG.info("peak memory {}", Machine.peakMemory());
  }
}
