package org.explain4j.models.onnx;

import static org.explain4j.models.onnx.OnnxNode.require;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.explain4j.models.graph.GraphAssembly;
import org.explain4j.models.onnx.OnnxValue.Integers;
import org.explain4j.models.onnx.OnnxValue.Tensor;
import org.explain4j.network.ChannelSlice;
import org.explain4j.network.Concat;
import org.explain4j.network.Crop;
import org.explain4j.network.MaxPool;
import org.explain4j.network.Window;

/** Operators that take parts of a tensor, surround it or put several together. */
final class PartOperators {
  /** Runs of channels that a node may take. */
  private static final int MOST_RUNS = 256;

  private PartOperators() {}

  static Map<String, Operator> all() {
    return Map.of(
        "Concat", PartOperators::concat,
        "Pad", Padding::pad,
        "Slice", PartOperators::slice,
        "Split", PartOperators::split,
        "Gather", PartOperators::gather);
  }

  private static void concat(OnnxNode node) {
    List<Tensor> inputs = IntStream.range(0, node.inputs()).mapToObj(node::tensor).toList();
    Layout first = inputs.get(0).layout();
    int axis = first.axis(node.integer("axis", 1));
    List<Layout> rests = new ArrayList<>();
    List<Tensor> fronts = inputs.stream().map(i -> node.front(i, List.of(axis))).toList();
    fronts.forEach(i -> rests.add(i.layout().resized(axis, 1)));
    boolean alike =
        rests.stream().distinct().count() == 1
            && fronts.stream().map(i -> tail(node, i)).distinct().count() == 1;
    List<Tensor> joined =
        alike ? fronts : inputs.stream().map(i -> inFileOrder(node, i, axis)).toList();
    long size = inputs.stream().mapToLong(i -> i.layout().size(axis)).sum();
    require(
        inputs.stream()
            .allMatch(i -> Arrays.equals(without(axis, i), without(axis, inputs.get(0)))),
        "It joins %s along the axis %d.",
        inputs.stream().map(i -> Arrays.toString(i.shape())).toList(),
        axis);
    String[] names = joined.stream().map(Tensor::node).toArray(String[]::new);
    String name =
        names.length == 1 ? names[0] : node.assembly().add(node.name(), new Concat(), names);
    node.set(new Tensor(name, joined.get(0).layout().resized(axis, size)));
  }

  private static long[] without(int axis, Tensor input) {
    long[] shape = input.shape();
    if (axis < shape.length) {
      shape[axis] = 0;
    }
    return shape;
  }

  private static List<Long> tail(OnnxNode node, Tensor input) {
    List<Long> shape = node.assembly().shape(input.node());
    return shape.subList(1, shape.size());
  }

  /** The axis first, then the others as the file has them. */
  private static Tensor inFileOrder(OnnxNode node, Tensor input, int axis) {
    Layout layout = input.layout();
    List<Integer> order = new ArrayList<>(layout.axes().get(axis));
    List<Integer> others = layout.others().stream().filter(a -> a != axis).toList();
    order.addAll(layout.factors(others));
    long rest = others.stream().mapToLong(layout::size).reduce(1, (a, b) -> a * b);
    long size = layout.size(axis);
    List<Long> shape = rest == 1 ? List.of(size) : List.of(size, rest, 1L);
    return node.scope().arranged(input, order, shape, node.name());
  }

  private static void slice(OnnxNode node) {
    Tensor result = node.tensor(0);
    for (Slicing slicing : Slicing.of(node, result.shape())) {
      require(slicing.count() > 0, "It takes nothing of %s.", Arrays.toString(result.shape()));
      if (slicing.step() > 0) {
        result = strided(node, node.name(), result, slicing);
      } else {
        result = taken(node, node.name(), result, slicing.axis(), slicing.indices());
      }
    }
    node.set(result);
  }

  private static void split(OnnxNode node) {
    Tensor input = node.tensor(0);
    int axis = input.layout().axis(node.integer("axis", 0));
    long[] sizes = sizes(node, input.layout().size(axis));
    long from = 0;
    for (int i = 0; i < sizes.length; i++) {
      Slicing part = new Slicing(axis, from, sizes[i], 1);
      node.set(i, strided(node, node.name() + "." + i, input, part));
      from += sizes[i];
    }
  }

  /** The sizes of the parts that a Split node makes of an axis of this size. */
  static long[] sizes(OnnxNode node, long size) {
    int parts = node.proto().getOutputCount();
    long largest = (size + parts - 1) / parts; // only the last may be smaller
    long[] equal =
        IntStream.range(0, parts).mapToLong(i -> Math.min(largest, size - i * largest)).toArray();
    long[] sizes = node.integers(1, "split").orElse(equal);
    require(
        sizes.length == parts
            && LongStream.of(sizes).allMatch(s -> s > 0)
            && LongStream.of(sizes).sum() == size,
        "It cannot split %d entries into %s.",
        size,
        Arrays.toString(sizes));
    return sizes;
  }

  private static void gather(OnnxNode node) {
    Tensor input = node.tensor(0);
    int axis = input.layout().axis(node.integer("axis", 0));
    long size = input.layout().size(axis);
    long[] indices = LongStream.of(node.integersAt(1)).map(i -> i < 0 ? i + size : i).toArray();
    int rank = ((Integers) node.value(1)).shape().length;
    require(
        rank < 2 && LongStream.of(indices).allMatch(i -> i >= 0 && i < size),
        "It takes the entries %s of %d.",
        Arrays.toString(node.integersAt(1)),
        size);
    Tensor taken = taken(node, node.name(), input, axis, indices);
    boolean single = rank == 0;
    node.set(
        single
            ? taken.moved(taken.layout().without(List.of(axis)), node.name() + ".flatten")
            : taken);
  }

  /** Which dimension of a node's images an axis of the file is; -1 if it is none as a whole. */
  static int dimension(OnnxNode node, Tensor input, int axis) {
    List<Long> shape = node.assembly().shape(input.node());
    List<Integer> factors = input.layout().axes().get(axis);
    return shape.size() == 3 && !factors.isEmpty()
        ? Scope.dimensions(shape, input.layout().sizes()).indexOf(factors)
        : -1;
  }

  /** Every so many of the entries along an axis. */
  private static Tensor strided(OnnxNode node, String name, Tensor input, Slicing slicing) {
    int dimension = dimension(node, input, slicing.axis());
    long size = input.layout().size(slicing.axis());
    if (slicing.count() == size || dimension < 1) {
      return taken(node, name, input, slicing.axis(), slicing.indices());
    }
    long span = (slicing.count() - 1) * slicing.step() + 1;
    int before = Math.toIntExact(slicing.from());
    int after = Math.toIntExact(size - slicing.from() - span);
    boolean rows = dimension == 1;
    GraphAssembly assembly = node.assembly();
    String result = input.node();
    if (before + after > 0) {
      Crop crop = rows ? new Crop(before, 0, after, 0) : new Crop(0, before, 0, after);
      result = assembly.add(name, crop, result);
    }
    if (slicing.step() > 1) {
      int step = Math.toIntExact(slicing.step());
      Window window = Window.square(1).stride(rows ? step : 1, rows ? 1 : step);
      result = assembly.add(name, new MaxPool(window), result);
    }
    return new Tensor(result, input.layout().resized(slicing.axis(), slicing.count()));
  }

  /** Entries along an axis, in any order: slices of neighbours that are put together. */
  private static Tensor taken(OnnxNode node, String name, Tensor input, int axis, long... indices) {
    if (Arrays.equals(indices, LongStream.range(0, input.layout().size(axis)).toArray())) {
      return input;
    }
    Tensor front = node.front(input, List.of(axis));
    GraphAssembly assembly = node.assembly();
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < indices.length; ) {
      int end = i + 1;
      while (end < indices.length && indices[end] == indices[end - 1] + 1) {
        end++;
      }
      require(parts.size() < MOST_RUNS, "It takes more than %d runs of entries.", MOST_RUNS);
      ChannelSlice slice = new ChannelSlice(indices[i], indices[end - 1] + 1);
      parts.add(assembly.add(name, slice, front.node()));
      i = end;
    }
    String result =
        parts.size() == 1
            ? parts.get(0)
            : assembly.add(name + ".joined", new Concat(), parts.toArray(String[]::new));
    return new Tensor(result, front.layout().resized(axis, indices.length));
  }
}
