package org.explain4j.models.onnx;

import static org.explain4j.models.onnx.OnnxNode.require;

import java.util.Arrays;
import java.util.Map;
import onnx.Onnx.TensorProto.DataType;
import org.explain4j.models.onnx.OnnxValue.Constant;
import org.explain4j.models.onnx.OnnxValue.Floats;
import org.explain4j.models.onnx.OnnxValue.Integers;
import org.explain4j.models.onnx.OnnxValue.Tensor;

/**
 * Networks whose numbers are stored in 8 or 16 bits: weights are turned back into real numbers, and
 * activations are not rounded. Where an activation is stored without negative numbers, the clip
 * that lies in the rounding stays, as a rectifier: quantisers leave out the ReLU before it.
 */
final class Quantisation {
  private static final Map<DataType, long[]> RANGES =
      Map.of(
          DataType.UINT8, new long[] {0, 255},
          DataType.INT8, new long[] {-128, 127},
          DataType.UINT16, new long[] {0, 65535},
          DataType.INT16, new long[] {-32768, 32767});

  private Quantisation() {}

  static Map<String, Operator> ofConstants() {
    return Map.of(
        "QuantizeLinear", Quantisation::quantised, "DequantizeLinear", Quantisation::dequantised);
  }

  static Map<String, Operator> ofActivations() {
    return Map.of(
        "QuantizeLinear",
        Quantisation::clipped,
        "DequantizeLinear",
        node -> node.set(node.value(0)));
  }

  private static Integers zero(OnnxNode node) {
    if (!node.has(2)) {
      int stated = (int) node.integer("output_dtype", DataType.UNDEFINED_VALUE);
      DataType type =
          stated == DataType.UNDEFINED_VALUE ? DataType.UINT8 : DataType.forNumber(stated);
      require(
          type != null && RANGES.containsKey(type),
          "Its output_dtype %d is no integer of 8 or 16 bits.",
          stated);
      return new Integers(new long[0], new long[1], type);
    }
    require(
        node.value(2) instanceof Integers zero && RANGES.containsKey(zero.type()),
        "Its zero point is no number of 8 or 16 bits.");
    return (Integers) node.value(2);
  }

  private static void clipped(OnnxNode node) {
    Tensor input = node.tensor(0);
    Integers zero = zero(node);
    long lowest = RANGES.get(zero.type())[0];
    boolean rectified = Arrays.stream(zero.values()).allMatch(value -> value == lowest);
    node.scope()
        .note(
            "The network is quantised; it is computed with real numbers instead, which are not"
                + " rounded.");
    if (rectified && !node.assembly().isRectified(input.node())) {
      node.setSame(org.explain4j.network.Activation.RELU, input);
    } else {
      node.set(input);
    }
  }

  /** A scale or zero point for each entry of an array. */
  private static double[] spread(OnnxNode node, Constant values, long[] shape) {
    long[] along = new long[shape.length];
    Arrays.fill(along, 1);
    if (values.length() > 1) {
      require(
          values.shape().length == 1 && node.integer("block_size", 0) == 0,
          "Its scales are %s; one number, or one for each entry of an axis, is supported.",
          Arrays.toString(values.shape()));
      int axis = Places.axis(node.integer("axis", 1), shape.length);
      require(
          values.length() == shape[axis],
          "It has %d scales for the axis %d of %s.",
          values.length(),
          axis,
          Arrays.toString(shape));
      along[axis] = shape[axis];
    }
    return values.reshaped(along).taken(shape, Places.broadcast(along, shape)).numbers();
  }

  private static void dequantised(OnnxNode node) {
    require(node.value(0) instanceof Integers, "It reads no integers.");
    Integers input = (Integers) node.value(0);
    double[] scale = spread(node, node.constant(1), input.shape());
    double[] zero =
        node.has(2) ? spread(node, node.constant(2), input.shape()) : new double[scale.length];
    double[] values = new double[scale.length];
    Arrays.setAll(values, i -> (input.values()[i] - zero[i]) * scale[i]);
    node.scope().note("Quantised weights were turned back into real numbers.");
    node.set(ConstantArithmetic.real(values, input.shape()));
  }

  private static void quantised(OnnxNode node) {
    require(node.value(0) instanceof Floats, "It reads no real numbers.");
    Floats input = (Floats) node.value(0);
    Integers zeros = zero(node);
    long[] range = RANGES.get(zeros.type());
    double[] scale = spread(node, node.constant(1), input.shape());
    double[] zero = spread(node, zeros, input.shape());
    double[] numbers = input.numbers();
    long[] values = new long[numbers.length];
    Arrays.setAll(
        values,
        i -> {
          double rounded = Math.rint(numbers[i] / scale[i]) + zero[i];
          return Math.max(range[0], Math.min(range[1], (long) rounded));
        });
    node.set(new Integers(input.shape(), values, zeros.type()));
  }
}
