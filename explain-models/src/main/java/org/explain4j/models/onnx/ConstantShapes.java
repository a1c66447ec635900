package org.explain4j.models.onnx;

import static org.explain4j.models.onnx.OnnxNode.require;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.AttributeProto.AttributeType;
import org.explain4j.models.onnx.OnnxValue.Constant;
import org.explain4j.models.onnx.OnnxValue.Floats;
import org.explain4j.models.onnx.OnnxValue.Integers;

/** Operators that make constants, or move the entries of some. */
final class ConstantShapes {
  private ConstantShapes() {}

  static Map<String, Operator> all() {
    return Map.ofEntries(
        Map.entry("Constant", ConstantShapes::constant),
        Map.entry("ConstantOfShape", ConstantShapes::ofShape),
        Map.entry("Identity", node -> node.set(node.value(0))),
        Map.entry("Shape", node -> node.set(part(node, node.constant(0).shape()))),
        Map.entry("Size", node -> node.set(Integers.scalar(node.constant(0).length()))),
        Map.entry("Range", ConstantShapes::range),
        Map.entry("Reshape", ConstantShapes::reshape),
        Map.entry("Flatten", ConstantShapes::flatten),
        Map.entry("Squeeze", ConstantShapes::squeeze),
        Map.entry("Unsqueeze", ConstantShapes::unsqueeze),
        Map.entry("Transpose", ConstantShapes::transpose),
        Map.entry("Expand", ConstantShapes::expand),
        Map.entry("Tile", ConstantShapes::tile),
        Map.entry("Concat", ConstantShapes::concat),
        Map.entry("Slice", ConstantShapes::slice),
        Map.entry("Split", ConstantShapes::split),
        Map.entry("Gather", ConstantShapes::gather));
  }

  private static void constant(OnnxNode node) {
    Optional<AttributeProto> tensor = node.attribute("value", AttributeType.TENSOR);
    Optional<AttributeProto> floats = node.attribute("value_floats", AttributeType.FLOATS);
    Optional<long[]> integers = node.integers("value_ints");
    if (tensor.isPresent()) {
      node.set(OnnxTensors.read(tensor.get().getT(), WeightFiles.none(), node.scope()));
    } else if (integers.isPresent()) {
      node.set(Integers.vector(integers.get()));
    } else if (floats.isPresent()) {
      float[] values = new float[floats.get().getFloatsCount()];
      for (int i = 0; i < values.length; i++) {
        values[i] = floats.get().getFloats(i);
      }
      node.set(Floats.of(values, values.length));
    } else if (node.attribute("value_int", AttributeType.INT).isPresent()) {
      node.set(Integers.scalar(node.integer("value_int", 0)));
    } else {
      require(
          node.attribute("value_float", AttributeType.FLOAT).isPresent(),
          "Only tensors and numbers are supported as constants.");
      node.set(Floats.of(new float[] {(float) node.number("value_float", 0)}));
    }
  }

  private static void ofShape(OnnxNode node) {
    long[] shape = node.integersAt(0);
    Constant value =
        node.attribute("value", AttributeType.TENSOR)
            .map(a -> OnnxTensors.read(a.getT(), WeightFiles.none(), node.scope()))
            .orElse(Floats.of(new float[1], 1));
    require(value.length() == 1, "Its value has %d entries.", value.length());
    node.set(value.taken(shape, new int[Places.size(shape)]));
  }

  /** The dimensions that a Shape node asks for. */
  static Integers part(OnnxNode node, long... shape) {
    long size = shape.length;
    long from = Places.clamped(node.integer("start", 0), 0, size, size);
    long to = Places.clamped(node.integer("end", size), 0, size, size);
    require(from <= to, "It takes dimensions %d to %d of %s.", from, to, Arrays.toString(shape));
    return Integers.vector(Arrays.copyOfRange(shape, (int) from, (int) to));
  }

  private static void range(OnnxNode node) {
    double start = node.number(0);
    double step = node.number(2);
    double span = (node.number(1) - start) / step;
    require(step != 0 && span < 1L << 28, "Its step is %s.", step);
    int count = (int) Math.max(0, Math.ceil(span));
    if (node.value(0) instanceof Integers integers) {
      long first = integers.values()[0];
      long[] values = LongStream.range(0, count).map(i -> first + i * (long) step).toArray();
      node.set(Integers.vector(values));
    } else {
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] = (float) (start + i * step);
      }
      node.set(Floats.of(values, count));
    }
  }

  private static void reshape(OnnxNode node) {
    Constant input = node.constant(0);
    long[] asked = node.integers(1, "shape").orElse(new long[0]);
    boolean keepsZeros = node.integer("allowzero", 0) != 0;
    node.set(input.reshaped(ShapeOperators.target(input.shape(), asked, keepsZeros)));
  }

  private static void flatten(OnnxNode node) {
    long[] shape = node.constant(0).shape();
    int axis = (int) Places.clamped(node.integer("axis", 1), 0, shape.length, shape.length);
    long rows = OnnxNode.product(Arrays.copyOf(shape, axis));
    long columns = OnnxNode.product(Arrays.copyOfRange(shape, axis, shape.length));
    node.set(node.constant(0).reshaped(rows, columns));
  }

  private static void squeeze(OnnxNode node) {
    long[] shape = node.constant(0).shape();
    long[] axes =
        node.integers(1, "axes")
            .orElse(
                IntStream.range(0, shape.length)
                    .filter(a -> shape[a] == 1)
                    .asLongStream()
                    .toArray());
    List<Integer> gone =
        Arrays.stream(axes).mapToObj(axis -> Places.axis(axis, shape.length)).toList();
    require(
        gone.stream().allMatch(axis -> shape[axis] == 1),
        "It squeezes the axes %s of %s.",
        gone,
        Arrays.toString(shape));
    long[] kept =
        IntStream.range(0, shape.length)
            .filter(axis -> !gone.contains(axis))
            .mapToLong(axis -> shape[axis])
            .toArray();
    node.set(node.constant(0).reshaped(kept));
  }

  private static void unsqueeze(OnnxNode node) {
    long[] shape = node.constant(0).shape();
    List<Integer> added = ShapeOperators.added(node, shape.length);
    long[] result = new long[shape.length + added.size()];
    int own = 0;
    for (int axis = 0; axis < result.length; axis++) {
      result[axis] = added.contains(axis) ? 1 : shape[own++];
    }
    node.set(node.constant(0).reshaped(result));
  }

  private static void transpose(OnnxNode node) {
    long[] shape = node.constant(0).shape();
    int[] order = ShapeOperators.order(node, shape.length);
    if (node.value(0) instanceof Floats floats) { // weights: may be large
      node.set(new Floats(floats.array().permute(order).dup('c')));
      return;
    }
    long[] strides = Places.strides(shape);
    long[] to = Arrays.stream(order).mapToLong(axis -> shape[axis]).toArray();
    long[] steps = Arrays.stream(order).mapToLong(axis -> strides[axis]).toArray();
    node.set(node.constant(0).taken(to, Places.strided(to, 0, steps)));
  }

  private static void expand(OnnxNode node) {
    Constant input = node.constant(0);
    long[] to = Places.common(input.shape(), node.integersAt(1));
    node.set(input.taken(to, Places.broadcast(input.shape(), to)));
  }

  private static void tile(OnnxNode node) {
    Constant input = node.constant(0);
    long[] repeats = node.integersAt(1);
    require(
        repeats.length == input.shape().length,
        "It repeats %s %s times.",
        Arrays.toString(input.shape()),
        Arrays.toString(repeats));
    Constant tiled = input;
    for (int axis = 0; axis < repeats.length; axis++) {
      long size = tiled.shape()[axis];
      tiled =
          taken(
              tiled,
              axis,
              LongStream.range(0, Places.size(size, repeats[axis])).map(i -> i % size).toArray());
    }
    node.set(tiled);
  }

  /** Some of the entries along an axis. */
  static Constant taken(Constant input, int axis, long... indices) {
    long[] shape = input.shape().clone();
    long outer = OnnxNode.product(Arrays.copyOf(shape, axis));
    long inner = OnnxNode.product(Arrays.copyOfRange(shape, axis + 1, shape.length));
    long size = shape[axis];
    require(
        Arrays.stream(indices).allMatch(i -> i >= 0 && i < size),
        "It takes the entries %s of %d.",
        Arrays.toString(indices),
        size);
    shape[axis] = indices.length;
    int[] places = new int[Places.size(shape)];
    int next = 0;
    for (long o = 0; o < outer; o++) {
      for (long index : indices) {
        for (long i = 0; i < inner; i++) {
          places[next++] = (int) ((o * size + index) * inner + i);
        }
      }
    }
    return input.taken(shape, places);
  }

  private static void concat(OnnxNode node) {
    List<Constant> all = IntStream.range(0, node.inputs()).mapToObj(node::constant).toList();
    long[] first = all.get(0).shape();
    int axis = Places.axis(node.integer("axis", 1), first.length);
    Constant joined = joined(all);
    long[] shape = first.clone();
    shape[axis] = all.stream().mapToLong(c -> c.shape()[axis]).sum();
    require(
        OnnxNode.product(shape) == joined.length(),
        "It joins arrays of the shapes %s along the axis %d.",
        all.stream().map(c -> Arrays.toString(c.shape())).toList(),
        axis);
    int[] places = new int[joined.length()];
    int outer = (int) OnnxNode.product(Arrays.copyOf(first, axis));
    int next = 0;
    for (int o = 0; o < outer; o++) {
      int start = 0;
      for (Constant part : all) {
        int block = part.length() / outer;
        for (int i = 0; i < block; i++) {
          places[next++] = start + o * block + i;
        }
        start += part.length();
      }
    }
    node.set(joined.taken(shape, places));
  }

  /** All entries, one constant after another. */
  private static Constant joined(List<Constant> all) {
    if (all.stream().allMatch(Integers.class::isInstance)) {
      return Integers.vector(
          all.stream().flatMapToLong(c -> LongStream.of(((Integers) c).values())).toArray());
    }
    double[] numbers = all.stream().flatMapToDouble(c -> Arrays.stream(c.numbers())).toArray();
    float[] values = new float[numbers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) numbers[i];
    }
    return Floats.of(values, values.length);
  }

  private static void slice(OnnxNode node) {
    Constant result = node.constant(0);
    for (Slicing slicing : Slicing.of(node, result.shape())) {
      result = taken(result, slicing.axis(), slicing.indices());
    }
    node.set(result);
  }

  private static void split(OnnxNode node) {
    Constant input = node.constant(0);
    int axis = Places.axis(node.integer("axis", 0), input.shape().length);
    long from = 0;
    long[] sizes = PartOperators.sizes(node, input.shape()[axis]);
    for (int i = 0; i < sizes.length; i++) {
      node.set(i, taken(input, axis, LongStream.range(from, from + sizes[i]).toArray()));
      from += sizes[i];
    }
  }

  private static void gather(OnnxNode node) {
    Constant input = node.constant(0);
    Constant indices = node.constant(1);
    int axis = Places.axis(node.integer("axis", 0), input.shape().length);
    long size = input.shape()[axis];
    long[] positive = LongStream.of(node.integersAt(1)).map(i -> i < 0 ? i + size : i).toArray();
    Constant taken = taken(input, axis, positive);
    long[] shape =
        IntStream.range(0, input.shape().length)
            .boxed()
            .flatMapToLong(
                a -> a == axis ? LongStream.of(indices.shape()) : LongStream.of(input.shape()[a]))
            .toArray();
    node.set(taken.reshaped(shape));
  }
}
