package org.explain4j.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.explain4j.api.Attributor;
import org.explain4j.api.Catalog;
import org.explain4j.api.Explainer;
import org.explain4j.api.Subject;
import org.explain4j.models.onnx.OnnxReader;
import org.explain4j.network.Network;
import org.explain4j.network.Precision;
import org.explain4j.network.arrays.Batches;
import org.explain4j.network.numpy.NumpyArchive;
import org.explain4j.network.onednn.OneDnn;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far float32 is from float64, for each way to compute it: the relative L2 error of logits and
 * attributions, the median and the worst of the images.
 *
 * <pre>PrecisionErrors FILE.onnx IMAGES.npz NAME COUNT METHOD...</pre>
 *
 * NAME is the array of preprocessed images in the archive. With {@code -Dexplain4j.onednn=false}
 * the numbers are those of ND4J's operations.
 */
public final class PrecisionErrors {
  private static final Logger LOG = LoggerFactory.getLogger(PrecisionErrors.class);

  private PrecisionErrors() {}

  public static void main(String[] arguments) throws IOException {
    Network network = new OnnxReader().read(Path.of(arguments[0]), List.of()).network();
    INDArray images =
        NumpyArchive.read(Path.of(arguments[1])).get(arguments[2]).castTo(DataType.FLOAT);
    int count = (int) Math.min(images.size(0), Integer.parseInt(arguments[3]));
    INDArray inputs = first(images, count).dup('c');
    Map<String, Network> ways = new LinkedHashMap<>();
    if (OneDnn.isAvailable()) {
      ways.put("exact", network.with(Precision.EXACT));
      ways.put("fast", network.with(Precision.FAST));
    } else {
      ways.put("nd4j", network);
    }
    Network exact = network.cast(DataType.DOUBLE);
    INDArray doubles = inputs.castTo(DataType.DOUBLE);
    int[] classes = exact.predict(doubles);
    print("logits", ways, way -> way.logits(inputs), exact.logits(doubles));
    for (String method : Arrays.asList(arguments).subList(4, arguments.length)) {
      print(
          method,
          ways,
          way -> attributor(method, way).attribute(inputs, classes),
          attributor(method, exact).attribute(doubles, classes));
    }
  }

  private static INDArray first(INDArray images, int count) {
    return Batches.slice(images, 0, count);
  }

  private static Attributor attributor(String method, Network network) {
    return Catalog.of(Explainer.class)
        .get(method)
        .bind(Subject.of(network, (estimator, layer) -> MethodCosts.weightsAsPatterns(layer)));
  }

  /** Something computed by a network. */
  @FunctionalInterface
  private interface Work {
    INDArray of(Network network);
  }

  private static void print(String what, Map<String, Network> ways, Work work, INDArray right) {
    ways.forEach(
        (name, network) -> {
          double[] errors = errors(work.of(network).castTo(DataType.DOUBLE), right);
          LOG.info(
              String.format(
                  Locale.ROOT,
                  "%-20s %-6s median %.2e worst %.2e",
                  what,
                  name,
                  errors[errors.length / 2],
                  errors[errors.length - 1]));
        });
  }

  /** Of each image, the smallest first. */
  private static double[] errors(INDArray found, INDArray right) {
    double[] errors = new double[(int) right.size(0)];
    for (int i = 0; i < errors.length; i++) {
      INDArray expected = right.slice(i);
      errors[i] =
          found.slice(i).sub(expected).norm2Number().doubleValue()
              / expected.norm2Number().doubleValue();
    }
    Arrays.sort(errors);
    return errors;
  }
}
