package org.explain4j.models.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The operators of a {@link RandomGraph} that move numbers, and what needs them moved. */
final class RandomMoves {
  private static final long LARGEST = 4000;

  private final RandomGraph graph;

  RandomMoves(RandomGraph graph) {
    this.graph = graph;
  }

  List<Consumer<String>> fitting() {
    long[] shape = graph.shape();
    List<Consumer<String>> all =
        new ArrayList<>(
            List.of(this::residual, this::slice, this::join, this::squeeze, this::reshape));
    if (shape.length == 4 && shape[1] % 2 == 0) {
      all.add(this::shuffle);
    }
    if (shape.length > 2) {
      all.addAll(List.of(this::transpose, this::reduce, this::gather, this::flatten));
    } else {
      all.add(this::unsqueeze);
    }
    return all;
  }

  private void residual(String name) {
    String before = graph.last();
    long[] same = graph.shape();
    transposed(name + ".a");
    boolean turned = !graph.last().equals(before);
    graph.step(name + ".b", "Relu", graph.last(), graph.shape());
    if (turned) {
      int[] back = new int[same.length];
      IntStream.range(0, back.length).forEach(i -> back[order[i]] = i);
      graph.step(name + ".c", "Transpose", graph.last(), same, "perm", back);
    }
    String operator = List.of("Add", "Sub", "Sum").get(graph.numbers().nextInt(3));
    graph.step(name, operator, before + " " + graph.last(), same);
  }

  private int[] order = {};

  /** Any axes but the first exchanged, half of the times. */
  private void transposed(String name) {
    long[] shape = graph.shape();
    if (shape.length < 3 || graph.chance(2)) {
      return;
    }
    List<Integer> axes = new ArrayList<>(IntStream.range(1, shape.length).boxed().toList());
    for (int i = axes.size() - 1; i > 0; i--) {
      axes.add(i, axes.remove(graph.numbers().nextInt(i + 1)));
    }
    axes.add(0, 0);
    order = axes.stream().mapToInt(i -> i).toArray();
    long[] result = Arrays.stream(order).mapToLong(axis -> shape[axis]).toArray();
    graph.step(name, "Transpose", graph.last(), result, "perm", order);
  }

  private void transpose(String name) {
    transposed(name);
  }

  private void shuffle(String name) {
    long[] shape = graph.shape();
    long[] from = shape;
    long[] split = {0, 2, from[1] / 2, from[2], from[3]};
    long[] turned = {0, from[1] / 2, 2, from[2], from[3]};
    graph.step(
        name + ".split", "Reshape", graph.last() + " " + graph.integers(name + ".s", split), split);
    graph.step(
        name + ".turn", "Transpose", graph.last(), turned, "perm", RandomGraph.ints(0, 2, 1, 3, 4));
    graph.step(name, "Reshape", graph.last() + " " + graph.integers(name + ".t", from), from);
  }

  private void reduce(String name) {
    long[] shape = graph.shape();
    String operator =
        List.of("ReduceMean", "ReduceSum", "ReduceMax").get(graph.numbers().nextInt(3));
    long[] axes =
        IntStream.range(1, shape.length)
            .filter(a -> graph.chance(2))
            .mapToLong(graph::signed)
            .toArray();
    if (axes.length == 0) {
      return;
    }
    boolean keeps = graph.chance(2);
    List<Long> result = new ArrayList<>();
    for (int axis = 0; axis < shape.length; axis++) {
      int a = axis;
      boolean reduced = LongStream.of(axes).anyMatch(x -> (x + shape.length) % shape.length == a);
      if (!reduced || keeps) {
        result.add(reduced ? 1 : shape[axis]);
      }
    }
    if (result.size() < 2) {
      return;
    }
    long[] to = result.stream().mapToLong(i -> i).toArray();
    boolean asInput = graph.opset() >= (operator.equals("ReduceSum") ? 13 : 18);
    long[] positive = LongStream.of(axes).map(x -> (x + shape.length) % shape.length).toArray();
    long[] given = graph.opset() < 11 ? positive : axes;
    if (asInput) {
      String inputs = graph.last() + " " + graph.integers(name + ".axes", given);
      graph.step(name, operator, inputs, to, "keepdims", keeps ? 1 : 0);
    } else {
      graph.step(
          name,
          operator,
          graph.last(),
          to,
          "axes",
          RandomGraph.ints(given),
          "keepdims",
          keeps ? 1 : 0);
    }
  }

  private void gather(String name) {
    long[] shape = graph.shape();
    int axis = graph.axis();
    if (graph.chance(2)) {
      long[] indices =
          IntStream.range(0, graph.between(1, 3))
              .mapToLong(i -> graph.numbers().nextLong(shape[axis]))
              .toArray();
      String inputs = graph.last() + " " + graph.integers(name + ".i", indices);
      graph.step(name, "Gather", inputs, graph.resized(axis, indices.length), "axis", axis);
    } else {
      graph.file().scalar(name + ".i", graph.numbers().nextLong(shape[axis]));
      long[] result =
          IntStream.range(0, shape.length)
              .filter(a -> a != axis)
              .mapToLong(a -> shape[a])
              .toArray();
      graph.step(name, "Gather", graph.last() + " " + name + ".i", result, "axis", axis);
    }
  }

  void flatten(String name) {
    graph.step(name, "Flatten", graph.last(), new long[] {0, graph.size()});
  }

  private void slice(String name) {
    long[] shape = graph.shape();
    int axis = graph.axis();
    long from = graph.numbers().nextLong(shape[axis]);
    long to = from + 1 + graph.numbers().nextLong(shape[axis] - from);
    long stride = graph.opset() >= 10 ? graph.between(1, 2) : 1;
    long[] result = graph.resized(axis, (to - from + stride - 1) / stride);
    long end = to == shape[axis] ? Long.MAX_VALUE : to - shape[axis];
    if (graph.opset() < 10) {
      graph.step(
          name,
          "Slice",
          graph.last(),
          result,
          "starts",
          RandomGraph.ints(from),
          "ends",
          RandomGraph.ints(to),
          "axes",
          RandomGraph.ints(axis));
      return;
    }
    String inputs =
        graph.last()
            + " "
            + graph.integers(name + ".from", from)
            + " "
            + graph.integers(name + ".to", end);
    inputs +=
        " " + graph.integers(name + ".axis", axis) + " " + graph.integers(name + ".step", stride);
    graph.step(name, "Slice", inputs, result);
  }

  private void join(String name) {
    long[] shape = graph.shape();
    int axis = graph.axis();
    if (graph.size() > LARGEST) {
      return;
    }
    String first = graph.last();
    graph.step(name + ".a", "Relu", graph.last(), shape);
    String inputs = first + " " + graph.last() + " " + first;
    graph.step(name, "Concat", inputs, graph.resized(axis, 3 * shape[axis]), "axis", axis);
  }

  private void unsqueeze(String name) {
    long[] shape = graph.shape();
    int axis = graph.between(1, shape.length);
    List<Long> to = new ArrayList<>(LongStream.of(shape).boxed().toList());
    to.add(axis, 1L);
    axes(name, "Unsqueeze", axis, to.stream().mapToLong(i -> i).toArray());
  }

  private void squeeze(String name) {
    long[] shape = graph.shape();
    int[] ones = IntStream.range(1, shape.length).filter(a -> shape[a] == 1).toArray();
    if (ones.length == 0 || shape.length == 2) {
      return;
    }
    int axis = ones[graph.numbers().nextInt(ones.length)];
    long[] to =
        IntStream.range(0, shape.length).filter(a -> a != axis).mapToLong(a -> shape[a]).toArray();
    axes(name, "Squeeze", axis, to);
  }

  private void axes(String name, String operator, int axis, long... to) {
    if (graph.opset() < 13) {
      graph.step(name, operator, graph.last(), to, "axes", RandomGraph.ints(axis));
    } else {
      graph.step(name, operator, graph.last() + " " + graph.integers(name + ".axes", axis), to);
    }
  }

  /** To any shape of the same size, some computed from the input's. */
  private void reshape(String name) {
    long size = graph.size();
    long first =
        LongStream.rangeClosed(1, size)
            .filter(d -> size % d == 0)
            .skip(graph.numbers().nextInt(3))
            .findFirst()
            .orElse(1);
    long[] to = {0, first, size / first};
    if (graph.chance(2)) {
      graph.step(
          name, "Reshape", graph.last() + " " + graph.integers(name + ".s", 0, first, -1), to);
      return;
    }
    graph.file().node(name + ".shape", "Shape", graph.last()).scalar(name + ".zero", 0);
    graph.file().node(name + ".n", "Gather", name + ".shape " + name + ".zero", "axis", 0);
    if (graph.opset() < 13) {
      graph.file().node(name + ".batch", "Unsqueeze", name + ".n", "axes", RandomGraph.ints(0));
    } else {
      graph
          .file()
          .node(name + ".batch", "Unsqueeze", name + ".n " + graph.integers(name + ".a", 0));
    }
    String parts = name + ".batch " + graph.integers(name + ".rest", first, size / first);
    graph.file().node(name + ".to", "Concat", parts, "axis", 0);
    graph.step(name, "Reshape", graph.last() + " " + name + ".to", to);
  }
}
