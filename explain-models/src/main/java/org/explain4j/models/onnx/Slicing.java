package org.explain4j.models.onnx;

import static org.explain4j.models.onnx.OnnxNode.require;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The entries that a slice takes along one axis.
 *
 * @param count how many; 0 for none
 */
record Slicing(int axis, long from, long count, long step) {

  /** What a Slice node takes of an array of this shape. */
  static List<Slicing> of(OnnxNode node, long... shape) {
    long[] starts = node.integers(1, "starts").orElse(new long[0]);
    long[] ends = node.integers(2, "ends").orElse(new long[0]);
    long[] axes = node.integers(3, "axes").orElse(LongStream.range(0, starts.length).toArray());
    long[] steps = new long[starts.length];
    Arrays.fill(steps, 1);
    steps = node.has(4) ? node.integersAt(4) : steps;
    require(
        starts.length == ends.length
            && starts.length == axes.length
            && starts.length == steps.length,
        "Its starts %s, ends %s, axes %s and steps %s differ in number.",
        Arrays.toString(starts),
        Arrays.toString(ends),
        Arrays.toString(axes),
        Arrays.toString(steps));
    List<Slicing> all = new ArrayList<>();
    for (int i = 0; i < starts.length; i++) {
      int axis = Places.axis(axes[i], shape.length);
      all.add(of(axis, shape[axis], starts[i], ends[i], steps[i]));
    }
    return all;
  }

  private static Slicing of(int axis, long size, long start, long end, long step) {
    require(step != 0 && Math.abs(step) < 1L << 31, "Its step is %d.", step);
    boolean up = step > 0;
    long from = Places.clamped(start, 0, up ? size : size - 1, size);
    long to = Places.clamped(end, up ? 0 : -1, up ? size : size - 1, size);
    long span = up ? to - from : from - to;
    long stride = Math.abs(step);
    return new Slicing(axis, from, Math.max(0, (span + stride - 1) / stride), step);
  }

  long[] indices() {
    return LongStream.range(0, count).map(i -> from + i * step).toArray();
  }
}
