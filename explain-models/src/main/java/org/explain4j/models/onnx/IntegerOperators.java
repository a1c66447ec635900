package org.explain4j.models.onnx;

import static org.explain4j.models.onnx.OnnxNode.require;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import onnx.Onnx.AttributeProto;
import org.explain4j.models.onnx.OnnxValue.Integers;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Integer arithmetic on shapes that exporters leave in the graph, such as PyTorch's for {@code
 * x.view(x.size(0), -1)}. Done while reading, for a batch of one.
 */
final class IntegerOperators {
  private IntegerOperators() {}

  static void constant(OnnxNode node) {
    Optional<AttributeProto> tensor = node.attribute("value", AttributeProto.AttributeType.TENSOR);
    Optional<long[]> integers = node.integers("value_ints");
    if (tensor.isPresent()) {
      node.set(OnnxTensors.read(tensor.get().getT()));
    } else if (integers.isPresent()) {
      node.set(new Integers(integers.get(), false));
    } else if (node.attribute("value_int", AttributeProto.AttributeType.INT).isPresent()) {
      node.set(new Integers(new long[] {node.integer("value_int", 0)}, true));
    } else {
      require(
          node.attribute("value_float", AttributeProto.AttributeType.FLOAT).isPresent(),
          "Only tensors and single numbers are supported as constants.");
      node.set(new OnnxValue.Floats(Nd4j.scalar((float) node.number("value_float", 0))));
    }
  }

  static void cast(OnnxNode node) {
    // The network computes in one floating-point type, and shapes are integers throughout.
    node.set(node.value(0));
  }

  static void shape(OnnxNode node) {
    long[] shape = ShapeOperators.shapeInFile(node, node.activation(0));
    int from = index(node.integer("start", 0), shape.length);
    int to = index(node.integer("end", shape.length), shape.length);
    require(from <= to, "It takes dimensions %d to %d of %s.", from, to, Arrays.toString(shape));
    node.set(new Integers(Arrays.copyOfRange(shape, from, to), false));
  }

  private static int index(long index, int length) {
    return (int) Math.max(0, Math.min(length, index < 0 ? index + length : index));
  }

  static void gather(OnnxNode node) {
    long[] values = node.integersAt(0);
    long[] indices = node.integersAt(1);
    require(
        LongStream.of(indices).allMatch(i -> i >= -values.length && i < values.length),
        "It takes entries %s of %d.",
        Arrays.toString(indices),
        values.length);
    long[] taken =
        LongStream.of(indices).map(i -> values[(int) (i < 0 ? i + values.length : i)]).toArray();
    node.set(new Integers(taken, ((Integers) node.value(1)).scalar()));
  }

  static void unsqueeze(OnnxNode node) {
    require(
        node.value(0) instanceof Integers integers && integers.scalar(),
        "Only a single number can be unsqueezed.");
    node.set(new Integers(node.integersAt(0), false));
  }

  static void squeeze(OnnxNode node) {
    long[] values = node.integersAt(0);
    require(values.length == 1, "It squeezes a vector of %d numbers.", values.length);
    node.set(new Integers(values, true));
  }

  static void concat(OnnxNode node) {
    long[] all =
        IntStream.range(0, node.proto().getInputCount())
            .mapToObj(node::integersAt)
            .flatMapToLong(LongStream::of)
            .toArray();
    node.set(new Integers(all, false));
  }

  static void slice(OnnxNode node) {
    long[] values = node.integersAt(0);
    int from = index(single(node, 1, "starts"), values.length);
    int to = index(single(node, 2, "ends"), values.length);
    long step = node.has(4) ? single(node, 4, "steps") : 1;
    require(from <= to && step == 1, "It takes entries %d to %d, step %d.", from, to, step);
    node.set(new Integers(Arrays.copyOfRange(values, from, to), false));
  }

  /** One integer from an input, or from an attribute as in older opsets. */
  static long single(OnnxNode node, int input, String attribute) {
    long[] values =
        node.has(input) ? node.integersAt(input) : node.integers(attribute).orElse(new long[0]);
    require(
        values.length == 1,
        "Exactly one of '%s' is supported, not %s.",
        attribute,
        Arrays.toString(values));
    return values[0];
  }
}
