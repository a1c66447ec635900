package org.explain4j.models.onnx;

import static org.explain4j.models.onnx.OnnxNode.require;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.explain4j.models.onnx.OnnxValue.Tensor;
import org.explain4j.network.AveragePool;
import org.explain4j.network.Layer;
import org.explain4j.network.MaxPool;
import org.explain4j.network.NormPool;
import org.explain4j.network.Window;

/** Pooling over windows, over whole images and over axes. */
final class PoolOperators {
  private PoolOperators() {}

  static Map<String, Operator> all() {
    return Map.of(
        "MaxPool",
        node -> pool(node, (window, ceil) -> new MaxPool(window, ceil)),
        "AveragePool",
        node ->
            pool(
                node,
                (window, ceil) ->
                    new AveragePool(window, ceil, node.integer("count_include_pad", 0) != 0)),
        "LpPool",
        node -> pool(node, (window, ceil) -> new NormPool(window, ceil, node.integer("p", 2))),
        "GlobalLpPool",
        node -> global(node, window -> new NormPool(window, false, node.integer("p", 2))),
        "GlobalMaxPool",
        node -> global(node, MaxPool::new),
        "GlobalAveragePool",
        node -> global(node, AveragePool::new),
        "ReduceMean",
        node -> reduce(node, AveragePool::new),
        "ReduceSum",
        node -> reduce(node, window -> AveragePool.sum(window, false)),
        "ReduceL2",
        node -> reduce(node, window -> new NormPool(window, false, 2)),
        "ReduceMax",
        node -> reduce(node, MaxPool::new));
  }

  /** A pooling over one window that is the whole image. */
  private interface Whole {
    Layer of(Window window);
  }

  private static void pool(OnnxNode node, BiFunction<Window, Boolean, Layer> pool) {
    Tensor input = node.image(0);
    long[] kernel = node.integers("kernel_shape").orElse(new long[0]);
    Window window = LinearOperators.window(node, kernel, input.node());
    require(
        window.top() < window.extentY()
            && window.bottom() < window.extentY()
            && window.left() < window.extentX()
            && window.right() < window.extentX(),
        "Its padding must be smaller than its window: %s.",
        window);
    boolean ceil = node.integer("ceil_mode", 0) != 0;
    node.set(
        node.assembly().add(node.name(), pool.apply(window, ceil), input.node()), input.layout());
  }

  private static void global(OnnxNode node, Whole pool) {
    Layout layout = node.tensor(0).layout();
    require(layout.rank() > 2, "It needs images, but its input is a vector.");
    List<Integer> axes = IntStream.range(2, layout.rank()).boxed().toList();
    node.set(pooled(node, node.tensor(0), axes, pool));
  }

  /** Axes from an input or, as in older opsets, an attribute; all if none are given. */
  static List<Integer> axes(OnnxNode node, int rank) {
    long[] axes = node.integers(1, "axes").orElse(new long[0]);
    boolean all = axes.length == 0 && node.integer("noop_with_empty_axes", 0) == 0;
    return (all ? LongStream.range(0, rank) : LongStream.of(axes))
        .mapToObj(axis -> Places.axis(axis, rank))
        .distinct()
        .sorted()
        .toList();
  }

  private static void reduce(OnnxNode node, Whole pool) {
    Tensor input = node.tensor(0);
    List<Integer> axes = axes(node, input.layout().rank());
    Tensor result = axes.isEmpty() ? input : pooled(node, input, axes, pool);
    boolean keeps = axes.isEmpty() || node.integer("keepdims", 1) != 0;
    node.set(
        keeps ? result : result.moved(result.layout().without(axes), node.name() + ".flatten"));
  }

  /** With the size 1 along these axes. */
  private static Tensor pooled(OnnxNode node, Tensor input, List<Integer> axes, Whole pool) {
    Tensor image = overImage(node, input, axes);
    Layout layout = image.layout();
    List<Long> shape = node.assembly().shape(image.node());
    List<List<Integer>> dimensions = Scope.dimensions(shape, layout.sizes());
    List<Integer> reduced = layout.factors(axes);
    int height = reduced.containsAll(dimensions.get(1)) ? Math.toIntExact(shape.get(1)) : 1;
    int width = reduced.containsAll(dimensions.get(2)) ? Math.toIntExact(shape.get(2)) : 1;
    String name = node.assembly().add(node.name(), pool.of(Window.of(height, width)), image.node());
    for (int axis : axes) {
      layout = layout.resized(axis, 1);
    }
    return new Tensor(name, layout);
  }

  /** The axes as height and width of images, or one of them; what is kept are the channels. */
  private static Tensor overImage(OnnxNode node, Tensor input, List<Integer> axes) {
    Layout layout = input.layout();
    List<Integer> reduced = layout.factors(axes);
    require(
        !reduced.contains(Layout.BATCH),
        "It works along the examples of %s.",
        Arrays.toString(layout.shape()));
    List<Long> shape = node.assembly().shape(input.node());
    List<List<Integer>> dimensions = Scope.dimensions(shape, layout.sizes());
    boolean direct =
        dimensions.size() == 3
            && dimensions.get(0).stream().noneMatch(reduced::contains)
            && dimensions.subList(1, 3).stream()
                .allMatch(d -> reduced.containsAll(d) || d.stream().noneMatch(reduced::contains));
    if (direct) {
      return input;
    }
    List<Integer> order =
        new ArrayList<>(
            IntStream.range(0, layout.sizes().size())
                .filter(f -> !reduced.contains(f))
                .boxed()
                .toList());
    order.addAll(reduced);
    long size = reduced.stream().mapToLong(layout.sizes()::get).reduce(1, (a, b) -> a * b);
    long kept = layout.sizes().stream().reduce(1L, (a, b) -> a * b) / size;
    return node.scope().arranged(input, order, List.of(kept, size, 1L), node.name());
  }
}
