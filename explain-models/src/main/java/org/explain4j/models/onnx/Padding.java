package org.explain4j.models.onnx;

import static org.explain4j.models.onnx.OnnxNode.require;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.explain4j.models.graph.GraphAssembly;
import org.explain4j.models.onnx.OnnxValue.Tensor;
import org.explain4j.network.Crop;
import org.explain4j.network.ZeroPad;

/** The operator that surrounds a tensor with a number, or drops its edges. */
final class Padding {
  private static final int LARGEST = 1 << 20;

  private Padding() {}

  /** Entries before and after those along an axis; negative where some are dropped. */
  private record Edge(int before, int after) {
    boolean isNone() {
      return before == 0 && after == 0;
    }
  }

  static void pad(OnnxNode node) {
    String mode = node.text("mode", "constant");
    double value = node.has(2) ? node.number(2) : node.number("value", 0);
    require(
        mode.equals("constant") && Double.isFinite(value),
        "Only padding with a number is supported, not mode '%s' with %s.",
        mode,
        value);
    Tensor input = node.tensor(0);
    Edge[] edges = edges(node, input.layout());
    if (Arrays.stream(edges).allMatch(Edge::isNone)) {
      node.set(input);
    } else if (value == 0) {
      node.set(padded(node, input, edges));
    } else { // so that the number becomes zero, and back
      GraphAssembly assembly = node.assembly();
      String moved = assembly.addAffine(node.name() + ".less", 1, -value, input.node());
      Tensor padded = padded(node, input.at(moved), edges);
      String back = assembly.addAffine(node.name() + ".more", 1, value, padded.node());
      node.set(padded.at(back));
    }
  }

  private static Edge[] edges(OnnxNode node, Layout layout) {
    long[] pads = node.integers(1, "pads").orElse(new long[0]);
    long[] axes = node.has(3) ? node.integersAt(3) : LongStream.range(0, layout.rank()).toArray();
    require(
        pads.length == 2 * axes.length && LongStream.of(pads).allMatch(p -> Math.abs(p) < LARGEST),
        "It pads the axes %s by %s.",
        Arrays.toString(axes),
        Arrays.toString(pads));
    Edge[] edges = new Edge[layout.rank()];
    Arrays.fill(edges, new Edge(0, 0));
    for (int i = 0; i < axes.length; i++) {
      edges[layout.axis(axes[i])] = new Edge((int) pads[i], (int) pads[axes.length + i]);
    }
    return edges;
  }

  private static Tensor padded(OnnxNode node, Tensor input, Edge... edges) {
    Edge[] image = {new Edge(0, 0), new Edge(0, 0), new Edge(0, 0)};
    Layout layout = input.layout();
    List<Integer> others = new ArrayList<>();
    for (int axis = 0; axis < edges.length; axis++) {
      int dimension = PartOperators.dimension(node, input, axis);
      if (dimension > 0) {
        image[dimension] = edges[axis];
        layout =
            layout.resized(axis, layout.size(axis) + edges[axis].before() + edges[axis].after());
      } else if (!edges[axis].isNone()) {
        others.add(axis);
      }
    }
    Tensor result = new Tensor(edged(node, input.node(), image[1], image[2]), layout);
    for (int axis : others) {
      result = paddedRows(node, result, axis, edges[axis]);
    }
    return result;
  }

  /** Any other axis becomes the rows of an image with one channel. */
  private static Tensor paddedRows(OnnxNode node, Tensor input, int axis, Edge edge) {
    Tensor front = node.front(input, List.of(axis));
    Layout layout = front.layout();
    long size = layout.size(axis);
    long rest = layout.sizes().stream().reduce(1L, (a, b) -> a * b) / size;
    List<Integer> order = new ArrayList<>();
    for (int factor = 0; factor < layout.sizes().size(); factor++) {
      order.add(factor);
    }
    Tensor rows = node.scope().arranged(front, order, List.of(1L, size, rest), node.name());
    String name = edged(node, rows.node(), edge, new Edge(0, 0));
    return new Tensor(name, layout.resized(axis, size + edge.before() + edge.after()));
  }

  private static String edged(OnnxNode node, String input, Edge rows, Edge columns) {
    int[] sides = {rows.before(), columns.before(), rows.after(), columns.after()};
    int[] drop = Arrays.stream(sides).map(side -> Math.max(0, -side)).toArray();
    int[] add = Arrays.stream(sides).map(side -> Math.max(0, side)).toArray();
    String result = input;
    if (Arrays.stream(drop).sum() > 0) {
      Crop crop = new Crop(drop[0], drop[1], drop[2], drop[3]);
      result = node.assembly().add(node.name() + ".crop", crop, result);
    }
    if (Arrays.stream(add).sum() > 0) {
      ZeroPad pad = new ZeroPad(add[0], add[1], add[2], add[3]);
      result = node.assembly().add(node.name(), pad, result);
    }
    return result;
  }
}
