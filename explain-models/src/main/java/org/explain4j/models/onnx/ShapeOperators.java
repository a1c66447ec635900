package org.explain4j.models.onnx;

import static org.explain4j.models.onnx.OnnxNode.require;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import onnx.Onnx.TensorProto.DataType;
import org.explain4j.models.onnx.OnnxValue.Integers;
import org.explain4j.models.onnx.OnnxValue.Tensor;

/** Operators that give a tensor other axes: layers are added where a later operator needs them. */
final class ShapeOperators {
  private ShapeOperators() {}

  static Map<String, Operator> all() {
    return Map.of(
        "Identity", node -> node.set(node.value(0)),
        "Cast", ShapeOperators::cast,
        "Dropout", ShapeOperators::dropout,
        "Flatten", ShapeOperators::flatten,
        "Reshape", ShapeOperators::reshape,
        "Squeeze", ShapeOperators::squeeze,
        "Unsqueeze", ShapeOperators::unsqueeze,
        "Transpose", ShapeOperators::transpose,
        "Shape", node -> node.set(ConstantShapes.part(node, node.view(0).shape())),
        "Size", node -> node.set(Integers.scalar(OnnxNode.product(node.view(0).shape()))));
  }

  /** The network computes in one floating-point type; to integers it would be rounded. */
  private static void cast(OnnxNode node) {
    DataType type = DataType.forNumber((int) node.integer("to", 0));
    require(
        type == DataType.FLOAT
            || type == DataType.FLOAT16
            || type == DataType.BFLOAT16
            || type == DataType.DOUBLE,
        "Activations are cast to real numbers only, not to %s.",
        type);
    node.set(node.value(0));
  }

  private static void dropout(OnnxNode node) {
    node.set(node.value(0));
    node.assembly().note(String.format(Locale.ROOT, "The dropout '%s' was removed.", node.name()));
  }

  private static void flatten(OnnxNode node) {
    Tensor input = node.view(0);
    long[] shape = input.shape();
    int axis = (int) Places.clamped(node.integer("axis", 1), 0, shape.length, shape.length);
    long rows = OnnxNode.product(Arrays.copyOf(shape, axis));
    move(node, input, rows, OnnxNode.product(shape) / rows);
  }

  private static void reshape(OnnxNode node) {
    Tensor input = node.view(0);
    long[] shape = input.shape();
    long[] asked = node.integers(1, "shape").orElse(new long[0]);
    boolean keepsZeros = node.integer("allowzero", 0) != 0;
    move(node, input, target(shape, dummyBatch(input.layout(), asked), keepsZeros));
  }

  /**
   * Where a model was exported with a batch of some size, and its shapes have that number, but its
   * input leaves the batch open, the first axis is the batch.
   */
  private static long[] dummyBatch(Layout layout, long... asked) {
    long[] rest = asked.length == 0 ? asked : Arrays.copyOfRange(asked, 1, asked.length);
    long example = layout.sizes().stream().reduce(1L, Math::multiplyExact);
    boolean whole =
        asked.length > 1
            && layout.axes().get(0).equals(List.of(Layout.BATCH))
            && LongStream.of(rest).allMatch(size -> size > 0)
            && OnnxNode.product(rest) == example;
    long[] given = asked.clone();
    if (whole) {
      given[0] = layout.batch();
    }
    return given;
  }

  private static void move(OnnxNode node, Tensor input, long... to) {
    Optional<Layout> layout = input.layout().reshaped(to);
    if (layout.isPresent()) {
      boolean same = Arrays.equals(to, input.shape());
      node.set(same ? input : input.moved(layout.get(), node.name()));
      return;
    }
    require(
        input.layout().batchAxis() == 0 && to.length > 0 && to[0] == input.layout().batch(),
        "It mixes examples: it reshapes %s to %s.",
        Arrays.toString(input.shape()),
        Arrays.toString(to));
    List<Integer> order = input.layout().factors(input.layout().others());
    long size = OnnxNode.product(to) / to[0];
    Tensor flat = node.scope().arranged(input, order, List.of(size), node.name());
    List<Long> example = LongStream.of(to).skip(1).boxed().toList();
    node.set(flat.moved(Layout.of(input.layout().batch(), example), node.name()));
  }

  /** ONNX: 0 keeps a dimension, -1 takes what is left. */
  static long[] target(long[] from, long[] asked, boolean keepsZeros) {
    long[] to = asked.clone();
    long total = OnnxNode.product(from);
    long known = 1;
    int open = -1;
    for (int i = 0; i < to.length; i++) {
      if (to[i] == 0 && i < from.length && !keepsZeros) {
        to[i] = from[i];
      }
      if (to[i] == -1 && open < 0) {
        open = i;
      } else {
        require(to[i] >= 0, "It reshapes to %s.", Arrays.toString(asked));
        known = Math.multiplyExact(known, to[i]);
      }
    }
    if (open >= 0 && known > 0) {
      to[open] = total / known;
      known *= to[open];
    }
    require(
        known == total,
        "It cannot reshape %s to %s.",
        Arrays.toString(from),
        Arrays.toString(asked));
    return to;
  }

  private static void squeeze(OnnxNode node) {
    Tensor input = node.view(0);
    Layout layout = input.layout();
    List<Integer> all =
        IntStream.range(0, layout.rank())
            .filter(a -> layout.axes().get(a).isEmpty())
            .boxed()
            .toList();
    List<Integer> axes =
        node.integers(1, "axes")
            .map(given -> Arrays.stream(given).mapToObj(layout::axis).toList())
            .orElse(all);
    node.set(input.moved(layout.without(axes), node.name()));
  }

  private static void unsqueeze(OnnxNode node) {
    Tensor input = node.view(0);
    List<Integer> added = added(node, input.layout().rank());
    node.set(input.moved(input.layout().with(added), node.name()));
  }

  /** The axes of the result that an Unsqueeze node adds. */
  static List<Integer> added(OnnxNode node, int rank) {
    long[] axes = node.integers(1, "axes").orElse(new long[0]);
    List<Integer> added =
        Arrays.stream(axes).mapToObj(axis -> Places.axis(axis, rank + axes.length)).toList();
    require(
        added.stream().distinct().count() == axes.length,
        "It adds the axes %s.",
        Arrays.toString(axes));
    return added;
  }

  private static void transpose(OnnxNode node) {
    Tensor input = node.view(0);
    int[] order = order(node, input.layout().rank());
    boolean same = Arrays.equals(order, IntStream.range(0, order.length).toArray());
    node.set(same ? input : input.moved(input.layout().permuted(order), node.name()));
  }

  /** The axes in the order that a Transpose node asks for. */
  static int[] order(OnnxNode node, int rank) {
    long[] order =
        node.integers("perm").orElse(LongStream.range(0, rank).map(i -> rank - 1 - i).toArray());
    require(
        Arrays.equals(LongStream.of(order).sorted().toArray(), LongStream.range(0, rank).toArray()),
        "The order %s does not fit a tensor of rank %d.",
        Arrays.toString(order),
        rank);
    return LongStream.of(order).mapToInt(i -> (int) i).toArray();
  }
}
