package org.explain4j.models.onnx;

import static org.explain4j.models.onnx.OnnxNode.require;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import onnx.Onnx.AttributeProto;
import org.explain4j.models.onnx.OnnxValue.Tensor;
import org.explain4j.network.Activation;
import org.explain4j.network.ActivationFunction;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Functions of each number: ONNX's operators, and those that {@link Decompositions} finds. */
final class ActivationOperators {
  private ActivationOperators() {}

  /**
   * An operator's function.
   *
   * @param attributes in the order of the function's parameters
   * @param defaults of the attributes
   */
  private record Row(ActivationFunction function, List<String> attributes, double... defaults) {
    Row(ActivationFunction function) {
      this(function, List.of());
    }
  }

  private static final Map<String, Row> ROWS =
      Map.ofEntries(
          Map.entry("Relu", new Row(ActivationFunction.RELU)),
          Map.entry("LeakyRelu", new Row(ActivationFunction.LEAKY_RELU, List.of("alpha"), 0.01)),
          Map.entry("Elu", new Row(ActivationFunction.ELU, List.of("alpha"), 1)),
          Map.entry(
              "Selu",
              new Row(
                  ActivationFunction.SELU,
                  List.of("alpha", "gamma"),
                  1.6732631921768188,
                  1.0507010221481323)),
          Map.entry("Celu", new Row(ActivationFunction.CELU, List.of("alpha"), 1)),
          Map.entry("Sigmoid", new Row(ActivationFunction.SIGMOID)),
          Map.entry("Tanh", new Row(ActivationFunction.TANH)),
          Map.entry("Softplus", new Row(ActivationFunction.SOFTPLUS)),
          Map.entry("Softsign", new Row(ActivationFunction.SOFTSIGN)),
          Map.entry(
              "HardSigmoid",
              new Row(ActivationFunction.HARD_SIGMOID, List.of("alpha", "beta"), 0.2, 0.5)),
          Map.entry(
              "HardSwish",
              new Row(ActivationFunction.HARD_SWISH, List.of("alpha", "beta"), 1.0 / 6, 0.5)),
          Map.entry("Swish", new Row(ActivationFunction.SILU, List.of("alpha"), 1)),
          Map.entry("Mish", new Row(ActivationFunction.MISH)),
          Map.entry(
              "ThresholdedRelu",
              new Row(ActivationFunction.THRESHOLDED_RELU, List.of("alpha"), 1)));

  static Map<String, Operator> all() {
    Map<String, Operator> all = new TreeMap<>();
    ROWS.forEach((name, row) -> all.put(name, node -> apply(node, row)));
    all.put("Gelu", ActivationOperators::gelu);
    all.put("PRelu", ActivationOperators::prelu);
    all.put("Clip", ActivationOperators::clip);
    all.put("Max", node -> bounded(node, true));
    all.put("Min", node -> bounded(node, false));
    return all;
  }

  private static void apply(OnnxNode node, Row row) {
    double[] settings = new double[row.attributes().size()];
    Arrays.setAll(settings, i -> node.number(row.attributes().get(i), row.defaults()[i]));
    node.setSame(Activation.of(row.function(), settings), node.tensor(0));
  }

  private static void gelu(OnnxNode node) {
    String approximation = node.text("approximate", "none");
    require(
        List.of("none", "tanh").contains(approximation),
        "Its approximation '%s' is unknown.",
        approximation);
    node.setSame(
        Activation.of(
            approximation.equals("tanh") ? ActivationFunction.GELU_TANH : ActivationFunction.GELU),
        node.tensor(0));
  }

  private static void prelu(OnnxNode node) {
    Tensor input = node.tensor(0);
    INDArray slopes = node.floats(1);
    List<Integer> axes = ArithmeticOperators.axes(slopes, input.layout());
    Tensor front = axes.isEmpty() ? input : node.front(input, axes);
    node.setSame(Activation.prelu(slopes.dup('c').data().asDouble()), front);
  }

  private static void clip(OnnxNode node) {
    double low = bound(node, 1, "min", Double.NEGATIVE_INFINITY);
    double high = bound(node, 2, "max", Double.POSITIVE_INFINITY);
    clip(node, node.tensor(0), low, high);
  }

  private static double bound(OnnxNode node, int input, String attribute, double otherwise) {
    if (node.has(input)) {
      return node.number(input);
    }
    return node.attribute(attribute, AttributeProto.AttributeType.FLOAT)
        .map(a -> (double) a.getF())
        .orElse(otherwise);
  }

  /** Clipped between 0 and infinity, it is the rectifier; the largest float32 is no bound. */
  private static void clip(OnnxNode node, Tensor input, double low, double high) {
    boolean below = low > -Float.MAX_VALUE;
    boolean above = high < Float.MAX_VALUE;
    if (!below && !above) {
      node.set(input);
    } else if (low == 0 && !above) {
      node.setSame(Activation.RELU, input);
    } else {
      double least = below ? low : Double.NEGATIVE_INFINITY;
      double most = above ? high : Double.POSITIVE_INFINITY;
      node.setSame(Activation.of(ActivationFunction.CLIP, least, most), input);
    }
  }

  /** The larger or smaller one of a tensor and a number. */
  private static void bounded(OnnxNode node, boolean larger) {
    int constant = node.isConstant(0) ? 0 : 1;
    require(
        node.inputs() == 2 && node.isConstant(constant),
        "Only the %s of a tensor and a number is supported.",
        larger ? "larger" : "smaller");
    double bound = node.number(constant);
    clip(
        node,
        node.tensor(1 - constant),
        larger ? bound : Double.NEGATIVE_INFINITY,
        larger ? Double.POSITIVE_INFINITY : bound);
  }
}
