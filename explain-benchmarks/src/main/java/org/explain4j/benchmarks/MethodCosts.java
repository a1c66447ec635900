package org.explain4j.benchmarks;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.explain4j.api.Attributor;
import org.explain4j.api.Catalog;
import org.explain4j.api.Explainer;
import org.explain4j.api.Patterns;
import org.explain4j.api.Subject;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What each method costs in forward passes, and the forward pass in matrix products: a command
 * rather than a JMH benchmark, since on a machine whose speed drifts only numbers measured
 * alternately within one run can be compared.
 *
 * <pre>MethodCosts small|vgg16 BATCH ROUNDS METHOD...</pre>
 *
 * METHOD is an explainer's id; {@code torch:forward}, {@code torch:gradient} and {@code
 * torch:lrp-epsilon} are PyTorch's, alternating with the others ({@link PyTorch}).
 *
 * <p>Prints for each method the median, the best, the CPU seconds of all threads, and both as
 * multiples of the forward pass; the speed of a matrix product in the same run; and the peak memory
 * of the process. Set {@code OMP_NUM_THREADS=1} in the environment: the threads are Java's.
 */
public final class MethodCosts {
  private static final Logger LOG = LoggerFactory.getLogger(MethodCosts.class);

  private static final String TORCH = "torch:";

  private MethodCosts() {}

  public static void main(String[] arguments) throws IOException {
    Network network = RandomNetworks.named(arguments[0]);
    int batch = Integer.parseInt(arguments[1]);
    int rounds = Integer.parseInt(arguments[2]);
    List<String> methods = Arrays.asList(arguments).subList(3, arguments.length);

    Map<String, Runnable> work = work(network, batch, methods);
    Rounds times;
    if (methods.stream().anyMatch(method -> method.startsWith(TORCH))) {
      try (PyTorch torch = new PyTorch(arguments[0], batch)) {
        work.replaceAll(
            (method, ours) ->
                method.startsWith(TORCH)
                    ? () -> torch.run(method.substring(TORCH.length()))
                    : ours);
        times = new Rounds(work, rounds);
      }
    } else {
      times = new Rounds(work, rounds);
    }
    double gemm = Machine.gemm();
    double forward = flops(network) * batch / times.seconds("forward");
    LOG.info("gemm {} GFLOPS", Math.round(gemm / 1e9));
    LOG.info(
        "forward {} GFLOPS = {} of gemm",
        Math.round(forward / 1e9),
        "%.2f".formatted(forward / gemm));
    times.table("forward", batch).forEach(LOG::info);
    LOG.info("peak memory {}", Machine.peakMemory());
  }

  private static Map<String, Runnable> work(Network network, int batch, List<String> methods) {
    INDArray input = RandomNetworks.images(network, batch);
    int[] classes = network.predict(input);
    Map<String, Runnable> work = new LinkedHashMap<>();
    work.put("forward", () -> network.logits(input).close());
    Subject subject = Subject.of(network, (estimator, layer) -> weightsAsPatterns(layer));
    Catalog<Explainer> catalog = Catalog.of(Explainer.class);
    for (String method : methods) {
      if (method.startsWith(TORCH)) {
        work.put(method, () -> {}); // takes its place in the order
        continue;
      }
      Attributor attributor = catalog.get(method).bind(subject);
      work.put(method, () -> attributor.attribute(input, classes).close());
    }
    return work;
  }

  static Patterns weightsAsPatterns(Node layer) {
    INDArray weights = ((LinearLayer) layer.layer()).weights();
    return Patterns.linear(weights.dup().castTo(DataType.DOUBLE)); // its reader frees it
  }

  /** Multiplications and additions of one example's forward pass in the linear layers. */
  private static double flops(Network network) {
    Map<String, List<Long>> shapes = network.shapes();
    double sum = 0;
    for (Node node : network.linearNodes()) {
      long outputs = shapes.get(node.name()).stream().reduce(1L, (a, b) -> a * b);
      sum += 2.0 * outputs * ((LinearLayer) node.layer()).fanIn();
    }
    return sum;
  }
}
