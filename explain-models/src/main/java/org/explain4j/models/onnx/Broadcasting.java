package org.explain4j.models.onnx;

import static org.explain4j.models.onnx.OnnxNode.require;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.explain4j.models.onnx.OnnxValue.Tensor;
import org.explain4j.network.Product;
import org.explain4j.network.Resize;

/** Puts two tensors together of which one may have axes of size 1 that are repeated. */
final class Broadcasting {
  private Broadcasting() {}

  /** The product, with the layout of the larger one. */
  static Tensor product(OnnxNode node, Tensor first, Tensor second) {
    boolean firstIsLarger =
        Arrays.equals(Places.common(first.shape(), second.shape()), first.shape());
    Tensor larger = firstIsLarger ? first : second;
    Tensor other = firstIsLarger ? second : first;
    if (Arrays.equals(first.shape(), second.shape())) {
      String same = node.scope().like(larger, other, node.name()).node();
      return larger.at(node.assembly().add(node.name(), new Product(), larger.node(), same));
    }
    Pair pair = pair(node, larger, other);
    String name =
        node.assembly().add(node.name(), new Product(), pair.larger().node(), pair.other());
    return pair.larger().at(name);
  }

  /** The node with another tensor's numbers, repeated where it has fewer, as the first has them. */
  static String repeated(OnnxNode node, Tensor first, Tensor other) {
    if (Arrays.equals(first.shape(), other.shape())) {
      return node.scope().like(first, other, node.name()).node();
    }
    Pair pair = pair(node, first, other);
    List<Long> from = node.assembly().shape(pair.other());
    List<Long> to = node.assembly().shape(first.node());
    require(
        pair.larger().node().equals(first.node())
            && to.size() == 3
            && from.get(0).equals(to.get(0)),
        "%s",
        impossible(List.of(first, other)).getMessage());
    Resize repeat =
        Resize.to(from, to.get(1), to.get(2), Resize.Mode.FLOOR, Resize.Coordinates.ASYMMETRIC);
    return node.assembly().add(node.name() + ".repeated", repeat, pair.other());
  }

  static IllegalArgumentException impossible(List<Tensor> inputs) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "It cannot put together tensors of the shapes %s.",
            inputs.stream().map(input -> Arrays.toString(input.shape())).toList()));
  }

  /** Two tensors of which the nodes' dimensions are the same, or 1 in the second. */
  private record Pair(Tensor larger, String other) {}

  private static Pair pair(OnnxNode node, Tensor larger, Tensor other) {
    Layout small = other.layout();
    require(
        Arrays.equals(Places.common(larger.shape(), other.shape()), larger.shape()),
        "%s",
        impossible(List.of(larger, other)).getMessage());
    int added = larger.layout().rank() - small.rank();
    Tensor widened =
        other.moved(small.with(IntStream.range(0, added).boxed().toList()), other.moved());
    Optional<List<List<Integer>>> own = dimensions(node, larger);
    boolean fits =
        own.isPresent() && own.get().stream().allMatch(axes -> fits(axes, larger, widened));
    List<List<Integer>> groups = fits ? own.get() : runs(larger, widened);
    require(groups.size() <= 3, "%s", impossible(List.of(larger, other)).getMessage());
    return new Pair(
        fits ? larger : arranged(node, larger, groups), arranged(node, widened, groups).node());
  }

  /** Whether the other tensor has all of these axes, or none. */
  private static boolean fits(List<Integer> axes, Tensor larger, Tensor other) {
    return axes.stream().allMatch(axis -> other.layout().size(axis) == 1)
        || axes.stream().allMatch(axis -> other.layout().size(axis) == larger.layout().size(axis));
  }

  /** Neighbouring axes that the other tensor has, or has not. */
  private static List<List<Integer>> runs(Tensor larger, Tensor other) {
    List<List<Integer>> runs = new ArrayList<>();
    for (int axis : larger.layout().others()) {
      List<Integer> longer =
          new ArrayList<>(runs.isEmpty() ? List.of() : runs.get(runs.size() - 1));
      longer.add(axis);
      if (!runs.isEmpty() && fits(longer, larger, other)) {
        runs.set(runs.size() - 1, longer);
      } else {
        runs.add(List.of(axis));
      }
    }
    while (runs.size() < 3) {
      runs.add(List.of());
    }
    return runs;
  }

  private static Tensor arranged(OnnxNode node, Tensor input, List<List<Integer>> groups) {
    Layout layout = input.layout();
    List<Integer> order = new ArrayList<>();
    List<Long> shape = new ArrayList<>();
    for (List<Integer> axes : groups) {
      order.addAll(layout.factors(axes));
      shape.add(axes.stream().mapToLong(layout::size).reduce(1, (a, b) -> a * b));
    }
    return node.scope().arranged(input, order, shape, node.name());
  }

  /** The file's axes that each dimension of a node is made of; empty if it has parts of some. */
  private static Optional<List<List<Integer>>> dimensions(OnnxNode node, Tensor tensor) {
    Layout layout = tensor.layout();
    List<List<Integer>> result = new ArrayList<>();
    List<Long> shape = node.assembly().shape(tensor.node());
    for (List<Integer> factors : Scope.dimensions(shape, layout.sizes())) {
      List<Integer> axes =
          layout.others().stream()
              .filter(axis -> !layout.axes().get(axis).isEmpty())
              .filter(axis -> factors.containsAll(layout.axes().get(axis)))
              .sorted((a, b) -> layout.axes().get(a).get(0) - layout.axes().get(b).get(0))
              .toList();
      if (!layout.factors(axes).equals(factors)) {
        return Optional.empty();
      }
      result.add(axes);
    }
    return result.isEmpty() ? Optional.empty() : Optional.of(result);
  }
}
