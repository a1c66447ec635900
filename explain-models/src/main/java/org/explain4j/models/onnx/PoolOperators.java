package org.explain4j.models.onnx;

import static org.explain4j.models.onnx.OnnxNode.require;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.explain4j.network.AveragePool;
import org.explain4j.network.Flatten;
import org.explain4j.network.Layer;
import org.explain4j.network.MaxPool;
import org.explain4j.network.Window;

/** Pooling over windows and over whole images. */
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
        "GlobalMaxPool",
        node -> node.set(node.assembly().add(node.name(), new MaxPool(whole(node)), node.image(0))),
        "GlobalAveragePool",
        node ->
            node.set(node.assembly().add(node.name(), new AveragePool(whole(node)), node.image(0))),
        "ReduceMean",
        PoolOperators::mean);
  }

  private interface Pool {
    Layer of(Window window, boolean ceil);
  }

  private static void pool(OnnxNode node, Pool pool) {
    String input = node.image(0);
    long[] kernel = node.integers("kernel_shape").orElse(new long[0]);
    Window window = LinearOperators.window(node, kernel, input);
    require(
        window.top() < window.extentY()
            && window.bottom() < window.extentY()
            && window.left() < window.extentX()
            && window.right() < window.extentX(),
        "Its padding must be smaller than its window: %s.",
        window);
    boolean ceil = node.integer("ceil_mode", 0) != 0;
    node.set(node.assembly().add(node.name(), pool.of(window, ceil), input));
  }

  private static Window whole(OnnxNode node) {
    List<Long> shape = node.assembly().shape(node.image(0));
    return Window.of(Math.toIntExact(shape.get(1)), Math.toIntExact(shape.get(2)));
  }

  /** The mean over height and width is global average pooling. */
  private static void mean(OnnxNode node) {
    OnnxValue.Activation input = node.activation(0);
    List<Long> shape = node.assembly().shape(input.node());
    long[] axes = node.has(1) ? node.integersAt(1) : node.integers("axes").orElse(new long[] {});
    long[] positive =
        Arrays.stream(axes).map(a -> a < 0 ? a + shape.size() + 1 : a).sorted().toArray();
    long[] expected = input.channelsLast() ? new long[] {1, 2} : new long[] {2, 3};
    require(
        shape.size() == 3 && Arrays.equals(positive, expected),
        "Only the mean over height and width of images is supported, not over the axes %s of %s.",
        Arrays.toString(axes),
        shape);
    Window window = Window.of(Math.toIntExact(shape.get(1)), Math.toIntExact(shape.get(2)));
    String pooled = node.assembly().add(node.name(), new AveragePool(window), input.node());
    if (node.integer("keepdims", 1) != 0) {
      node.set(new OnnxValue.Activation(pooled, input.channelsLast()));
    } else {
      node.set(node.assembly().add(node.name() + ".flatten", new Flatten(), pooled));
    }
  }
}
