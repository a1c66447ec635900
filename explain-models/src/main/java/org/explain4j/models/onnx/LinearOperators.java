package org.explain4j.models.onnx;

import static org.explain4j.models.onnx.OnnxNode.require;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.explain4j.models.onnx.OnnxValue.Tensor;
import org.explain4j.network.Affine;
import org.explain4j.network.Convolution;
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
    Tensor input = node.image(0);
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
    Window window = window(node, kernel, input.node());
    Convolution layer = new Convolution(weights, bias, window, groups(node));
    node.set(node.assembly().add(node.name(), layer, input.node()), input.layout());
  }

  /** Of a convolution. */
  static int groups(OnnxNode node) {
    return integer(node.integer("group", 1));
  }

  /** The window of a convolution or pooling: strides, dilations, and pads or auto_pad. */
  static Window window(OnnxNode node, long[] kernel, String input) {
    Window window = plain(node, kernel);
    List<Long> shape = node.assembly().shape(input);
    String auto = node.text("auto_pad", "NOTSET");
    return switch (auto) {
      case "NOTSET", "" -> padded(node, window);
      case "VALID" -> window;
      case "SAME_UPPER" -> window.same(shape.get(1), shape.get(2));
      case "SAME_LOWER" -> {
        Window upper = window.same(shape.get(1), shape.get(2));
        yield upper.pad(
            /* top= */ upper.bottom(),
            /* left= */ upper.right(),
            /* bottom= */ upper.top(),
            /* right= */ upper.left());
      }
      default -> throw new IllegalArgumentException("Unknown auto_pad '" + auto + "'.");
    };
  }

  /** The window without padding. */
  static Window plain(OnnxNode node, long... kernel) {
    long[] strides = node.integers("strides").orElse(new long[] {1, 1});
    long[] dilations = node.integers("dilations").orElse(new long[] {1, 1});
    require(
        kernel.length == 2 && strides.length == 2 && dilations.length == 2,
        "Only two-dimensional windows are supported, not kernel %s, strides %s, dilations %s.",
        Arrays.toString(kernel),
        Arrays.toString(strides),
        Arrays.toString(dilations));
    return Window.of(integer(kernel[0]), integer(kernel[1]))
        .stride(integer(strides[0]), integer(strides[1]))
        .dilation(integer(dilations[0]), integer(dilations[1]));
  }

  static Window padded(OnnxNode node, Window window) {
    long[] pads = node.integers("pads").orElse(new long[4]);
    require(pads.length == 4, "Its pads are %s, not four.", Arrays.toString(pads));
    return window.pad(integer(pads[0]), integer(pads[1]), integer(pads[2]), integer(pads[3]));
  }

  /** Larger kernels, strides and paddings mean a damaged file, and would overflow later. */
  static int integer(long value) {
    require(
        Math.abs(value) <= 1 << 20,
        "A window with size, stride or padding %d is not supported.",
        value);
    return (int) value;
  }

  private static void gemm(OnnxNode node) {
    boolean weightsFirst = node.isConstant(0);
    INDArray matrix = node.floats(weightsFirst ? 0 : 1);
    require(matrix.rank() == 2, "Its weights are %s, not a matrix.", shape(matrix));
    Tensor input = node.tensor(weightsFirst ? 1 : 0);
    require(
        input.layout().rank() == 2,
        "It multiplies matrices, but its input is %s.",
        Arrays.toString(input.shape()));
    boolean turned = node.integer(weightsFirst ? "transA" : "transB", 0) != 0;
    boolean inputTurned = node.integer(weightsFirst ? "transB" : "transA", 0) != 0;
    INDArray weights = (turned == weightsFirst ? matrix.transpose() : matrix).dup('c');
    INDArray bias = zeros(weights.size(0));
    if (node.has(2)) {
      INDArray c = node.floats(2);
      long along = c.rank() == 0 ? 1 : c.size(weightsFirst ? 0 : -1);
      require(
          c.length() == 1 || (c.length() == bias.length() && along == c.length()),
          "Its bias is %s for %d neurons.",
          shape(c),
          bias.length());
      bias =
          bias.add(c.length() == 1 ? Nd4j.scalar(c.getFloat(0)) : c.dup('c').reshape(c.length()));
    }
    INDArray[] parts = {weights.mul(node.number("alpha", 1)), bias.mul(node.number("beta", 1))};
    Layout layout = inputTurned ? input.layout().permuted(1, 0) : input.layout();
    node.set(linear(node, input.moved(layout, input.moved()), weightsFirst ? 0 : 1, parts));
  }

  private static void matrixProduct(OnnxNode node) {
    boolean weightsFirst = node.isConstant(0);
    INDArray matrix = node.floats(weightsFirst ? 0 : 1);
    Tensor input = node.tensor(weightsFirst ? 1 : 0);
    require(
        matrix.rank() == 2 && (!weightsFirst || input.layout().rank() > 1),
        "Its weights are %s, not a matrix.",
        shape(matrix));
    int axis = input.layout().rank() - (weightsFirst ? 2 : 1);
    INDArray weights = (weightsFirst ? matrix : matrix.transpose()).dup('c');
    node.set(linear(node, input, axis, weights, zeros(weights.size(0))));
  }

  /**
   * A matrix that is applied along one axis: a dense layer, or a convolution with 1 x 1 pixels if
   * there are other positions.
   *
   * @param weightsAndBias {@code [outputs,inputs]} and {@code [outputs]}
   */
  private static Tensor linear(OnnxNode node, Tensor input, int axis, INDArray... weightsAndBias) {
    INDArray weights = weightsAndBias[0];
    INDArray bias = weightsAndBias[1];
    Layout layout = input.layout();
    long size = layout.size(axis);
    require(
        size == weights.size(1),
        "Its weights take %d inputs, but the axis %d of its input %s is not of that size.",
        weights.size(1),
        axis,
        Arrays.toString(input.shape()));
    List<Integer> factors = layout.axes().get(axis);
    if (layout.sizes().size() == factors.size()) {
      Tensor flat = node.scope().arranged(input, factors, List.of(size), node.name());
      String dense = node.assembly().add(node.name(), new Dense(weights, bias), flat.node());
      return new Tensor(dense, flat.layout().resized(axis, weights.size(0)));
    }
    Tensor front = node.front(input, List.of(axis));
    INDArray kernels = weights.reshape('c', weights.size(0), size, 1, 1);
    Convolution pointwise = new Convolution(kernels, bias, Window.square(1));
    String name = node.assembly().add(node.name(), pointwise, front.node());
    return new Tensor(name, front.layout().resized(axis, weights.size(0)));
  }

  private static void batchNormalization(OnnxNode node) {
    require(node.integer("spatial", 1) == 1, "spatial = 0 is not supported.");
    if (node.integer("training_mode", 0) != 0 || node.proto().getOutputCount() > 1) {
      node.scope()
          .note(
              "The model was exported in training mode; it is read as in evaluation: batch"
                  + " normalisation with the running statistics, no dropout.");
    }
    INDArray scale = node.floats(1).castTo(DataType.DOUBLE);
    INDArray deviation =
        Transforms.sqrt(
            node.floats(4).castTo(DataType.DOUBLE).add(node.number("epsilon", 1e-5)), false);
    INDArray factor = scale.div(deviation);
    INDArray shift = node.floats(2).castTo(DataType.DOUBLE).sub(factor.mul(node.floats(3)));
    require(
        factor.isVector() && !Double.isNaN(factor.sumNumber().doubleValue()),
        "Its scale or variance is not a vector of positive numbers.");
    Tensor input = node.tensor(0);
    require(
        input.layout().rank() > 1 && input.layout().size(1) == factor.length(),
        "It has %d channels, but its input is %s.",
        factor.length(),
        Arrays.toString(input.shape()));
    Tensor front = node.front(input, List.of(1));
    Affine affine = new Affine(factor.castTo(DataType.FLOAT), shift.castTo(DataType.FLOAT));
    node.setSame(affine, front);
  }

  static INDArray zeros(long length) {
    return Nd4j.create(DataType.FLOAT, length);
  }

  static String shape(INDArray array) {
    return Arrays.toString(array.shape());
  }
}
