package org.explain4j.models.onnx;

import static org.explain4j.models.onnx.OnnxNode.require;

import java.util.Arrays;
import java.util.Map;
import org.explain4j.network.Affine;
import org.explain4j.network.Dense;
import org.explain4j.network.Window;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Convolution, dense layers and batch normalisation. */
final class LinearOperators {
  private LinearOperators() {}

  static Map<String, Operator> all() {
    return Map.of(
        "Conv", LinearOperators::convolution,
        "Gemm", LinearOperators::gemm,
        "MatMul", LinearOperators::matrixProduct,
        "BatchNormalization", LinearOperators::batchNormalization);
  }

  private static void convolution(OnnxNode node) {
    String input = node.image(0);
    INDArray weights = node.floats(1);
    require(weights.rank() == 4, "Its weights are %s, not [k,c,h,w].", shape(weights));
    INDArray bias = node.has(2) ? node.floats(2) : zeros(weights.size(0));
    long[] kernel = {weights.size(2), weights.size(3)};
    long[] stated = node.integers("kernel_shape").orElse(kernel);
    require(
        Arrays.equals(kernel, stated),
        "Its kernel is %s, but its weights are %s.",
        Arrays.toString(stated),
        shape(weights));
    Window window = window(node, kernel, input);
    node.set(
        node.assembly()
            .addConvolution(
                node.name(),
                new INDArray[] {weights, bias},
                window,
                node.integer("group", 1),
                input));
  }

  /** The window of a convolution or pooling: strides, dilations, and pads or auto_pad. */
  static Window window(OnnxNode node, long[] kernel, String input) {
    long[] ones = {1, 1};
    long[] strides = node.integers("strides").orElse(ones);
    long[] dilations = node.integers("dilations").orElse(ones);
    long[] pads = node.integers("pads").orElse(new long[4]);
    require(
        kernel.length == 2 && strides.length == 2 && dilations.length == 2 && pads.length == 4,
        "Only two-dimensional windows are supported, not kernel %s, strides %s, pads %s.",
        Arrays.toString(kernel),
        Arrays.toString(strides),
        Arrays.toString(pads));
    Window window =
        Window.of(integer(kernel[0]), integer(kernel[1]))
            .stride(integer(strides[0]), integer(strides[1]))
            .dilation(integer(dilations[0]), integer(dilations[1]));
    long height = node.assembly().shape(input).get(1);
    long width = node.assembly().shape(input).get(2);
    String auto = node.text("auto_pad", "NOTSET");
    return switch (auto) {
      case "NOTSET", "" ->
          window.pad(integer(pads[0]), integer(pads[1]), integer(pads[2]), integer(pads[3]));
      case "VALID" -> window;
      case "SAME_UPPER" -> window.same(height, width);
      case "SAME_LOWER" -> {
        Window upper = window.same(height, width);
        yield upper.pad(upper.bottom(), upper.right(), upper.top(), upper.left());
      }
      default -> throw new IllegalArgumentException("Unknown auto_pad '" + auto + "'.");
    };
  }

  /** Larger kernels, strides and paddings mean a damaged file, and would overflow later. */
  private static int integer(long value) {
    require(
        Math.abs(value) <= 1 << 20,
        "A window with size, stride or padding %d is not supported.",
        value);
    return (int) value;
  }

  private static void gemm(OnnxNode node) {
    require(node.integer("transA", 0) == 0, "transA = 1 is not supported.");
    String input = node.channelsFirst(0);
    INDArray matrix = node.floats(1);
    require(matrix.rank() == 2, "Its weights are %s, not a matrix.", shape(matrix));
    INDArray weights = node.integer("transB", 0) == 0 ? matrix.transpose() : matrix;
    INDArray bias = zeros(weights.size(0));
    if (node.has(2)) {
      INDArray c = node.floats(2);
      require(
          c.length() == 1 || (c.length() == bias.length() && c.size(-1) == bias.length()),
          "Its bias is %s for %d neurons.",
          shape(c),
          bias.length());
      bias = bias.add(c.length() == 1 ? Nd4j.scalar(c.getFloat(0)) : c.reshape(bias.length()));
    }
    node.set(
        node.assembly()
            .add(
                node.name(),
                new Dense(
                    weights.mul(node.number("alpha", 1)).dup('c'),
                    bias.mul(node.number("beta", 1))),
                input));
  }

  private static void matrixProduct(OnnxNode node) {
    String input = node.channelsFirst(0);
    INDArray matrix = node.floats(1);
    require(matrix.rank() == 2, "Its weights are %s, not a matrix.", shape(matrix));
    INDArray weights = matrix.transpose().dup('c');
    node.set(node.assembly().add(node.name(), new Dense(weights, zeros(weights.size(0))), input));
  }

  private static void batchNormalization(OnnxNode node) {
    require(node.integer("training_mode", 0) == 0, "It is in training mode.");
    require(node.integer("spatial", 1) == 1, "spatial = 0 is not supported.");
    INDArray scale = node.floats(1).castTo(DataType.DOUBLE);
    INDArray deviation =
        Transforms.sqrt(
            node.floats(4).castTo(DataType.DOUBLE).add(node.number("epsilon", 1e-5)), false);
    INDArray factor = scale.div(deviation);
    INDArray shift = node.floats(2).castTo(DataType.DOUBLE).sub(factor.mul(node.floats(3)));
    require(
        factor.isVector() && !Double.isNaN(factor.sumNumber().doubleValue()),
        "Its scale or variance is not a vector of positive numbers.");
    node.set(
        node.assembly()
            .add(
                node.name(),
                new Affine(factor.castTo(DataType.FLOAT), shift.castTo(DataType.FLOAT)),
                node.channelsFirst(0)));
  }

  static INDArray zeros(long length) {
    return Nd4j.create(DataType.FLOAT, length);
  }

  static String shape(INDArray array) {
    return Arrays.toString(array.shape());
  }
}
