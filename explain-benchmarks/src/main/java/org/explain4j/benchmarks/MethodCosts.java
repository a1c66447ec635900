package org.explain4j.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;
import org.explain4j.api.Attributor;
import org.explain4j.api.Catalog;
import org.explain4j.api.Explainer;
import org.explain4j.api.Patterns;
import org.explain4j.api.Subject;
import org.explain4j.api.network.LinearLayer;
import org.explain4j.api.network.Network;
import org.explain4j.api.network.Node;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What each method costs in forward passes, and the forward pass in matrix products: a command
 * rather than a JMH benchmark, since only numbers measured in turn within one run can be compared
 * on a machine whose speed drifts.
 *
 * <pre>MethodCosts small|vgg16 BATCH ROUNDS METHOD...</pre>
 */
public final class MethodCosts {
  private static final Logger LOG = LoggerFactory.getLogger(MethodCosts.class);
  private static final int GEMM = 2048;

  private MethodCosts() {}

  public static void main(String[] arguments) {
    Network network =
        arguments[0].equals("vgg16") ? RandomNetworks.vgg16() : RandomNetworks.small();
    int batch = Integer.parseInt(arguments[1]);
    int rounds = Integer.parseInt(arguments[2]);
    List<String> methods = Arrays.asList(arguments).subList(3, arguments.length);

    Map<String, Runnable> work = work(network, batch, methods);
    Map<String, List<Double>> seconds = new LinkedHashMap<>();
    for (int round = -1; round < rounds; round++) { // one round to warm up
      for (Map.Entry<String, Runnable> entry : work.entrySet()) {
        long begin = System.nanoTime();
        entry.getValue().run();
        double time = (System.nanoTime() - begin) / 1e9;
        if (round >= 0) {
          seconds.computeIfAbsent(entry.getKey(), key -> new ArrayList<>()).add(time);
        }
      }
    }
    print(seconds, batch, flops(network) * batch);
  }

  private static Map<String, Runnable> work(Network network, int batch, List<String> methods) {
    long[] shape = new long[network.inputShape().size() + 1];
    shape[0] = batch;
    for (int i = 1; i < shape.length; i++) {
      shape[i] = network.inputShape().get(i - 1);
    }
    INDArray input = RandomNetworks.gaussian(1, shape);
    int[] classes = network.predict(input);
    Map<String, Runnable> work = new LinkedHashMap<>();
    work.put("gemm", gemm());
    work.put("forward", () -> network.logits(input).close());
    Subject subject = Subject.of(network, estimator -> weightsAsPatterns(network));
    Catalog<Explainer> catalog = Catalog.of(Explainer.class);
    for (String method : methods) {
      Attributor attributor = catalog.get(method).bind(subject);
      work.put(method, () -> attributor.attribute(input, classes).close());
    }
    return work;
  }

  private static Runnable gemm() {
    FloatPointer a = new FloatPointer((long) GEMM * GEMM).fill(1);
    FloatPointer b = new FloatPointer((long) GEMM * GEMM).fill(1);
    FloatPointer c = new FloatPointer((long) GEMM * GEMM).fill(0);
    return () ->
        openblas.cblas_sgemm(
            openblas.CblasRowMajor,
            openblas.CblasNoTrans,
            openblas.CblasNoTrans,
            GEMM,
            GEMM,
            GEMM,
            1f,
            a,
            GEMM,
            b,
            GEMM,
            0f,
            c,
            GEMM);
  }

  private static Map<String, Patterns> weightsAsPatterns(Network network) {
    Map<String, Patterns> patterns = new LinkedHashMap<>();
    for (Node node : network.linearNodes()) {
      INDArray weights = ((LinearLayer) node.layer()).weights();
      patterns.put(node.name(), Patterns.linear(weights.castTo(DataType.DOUBLE)));
    }
    return patterns;
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

  private static void print(Map<String, List<Double>> seconds, int batch, double forwardFlops) {
    double forward = median(seconds.get("forward"));
    double gemm = 2.0 * GEMM * GEMM * GEMM / best(seconds.get("gemm"));
    LOG.info("gemm {} GFLOPS (best)", Math.round(gemm / 1e9));
    LOG.info(
        "forward {} GFLOPS = {} of gemm",
        Math.round(forwardFlops / forward / 1e9),
        "%.2f".formatted(forwardFlops / forward / gemm));
    LOG.info("method                     median s   best s   images/s   forwards");
    seconds.forEach(
        (method, times) ->
            LOG.info(
                "%-24s %10.4f %8.4f %10.1f %10.2f"
                    .formatted(
                        method,
                        median(times),
                        best(times),
                        batch / median(times),
                        median(times) / forward)));
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static double best(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }
}
