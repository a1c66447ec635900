package org.explain4j.models.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.explain4j.models.graph.GraphAssembly;
import org.explain4j.models.onnx.OnnxValue.Tensor;
import org.explain4j.network.Flatten;
import org.explain4j.network.Layer;
import org.explain4j.network.Permute;
import org.explain4j.network.Reshape;

/**
 * What is known while a graph is translated: values by name, and the network as far as it is built.
 * Layers that move entries are added here, when an operator needs them, and once for all that do.
 */
final class Scope {
  private final long opset;
  private final Map<String, OnnxValue> values = new HashMap<>();
  private final Set<String> notes = new LinkedHashSet<>();
  private final Map<Moved, String> moved = new HashMap<>();
  private GraphAssembly assembly;

  private record Moved(String node, List<Integer> order, List<Long> sizes, List<Long> shape) {}

  Scope(long opset) {
    this.opset = opset;
  }

  long opset() {
    return opset;
  }

  /** What is known by now, by name; results go there. */
  Map<String, OnnxValue> values() {
    return values;
  }

  /** Says once what was left out or assumed before there is a network. */
  void note(String sentence) {
    if (assembly == null) {
      notes.add(sentence);
    } else if (!assembly.notes().contains(sentence)) {
      assembly.note(sentence);
    }
  }

  /** From now on there is a network. */
  void begin(GraphAssembly network) {
    assembly = network;
    notes.forEach(network::note);
  }

  GraphAssembly assembly() {
    return assembly;
  }

  /**
   * An activation's numbers as a node of the network with this shape.
   *
   * @param order the layout's factors in the order that is needed
   * @param shape of the node for one example; of the same size
   * @param name of a layer that has to be added, unless the file has a name for the move
   */
  Tensor arranged(Tensor input, List<Integer> order, List<Long> shape, String name) {
    Layout layout = input.layout();
    boolean ordered = order.equals(IntStream.range(0, order.size()).boxed().toList());
    if (ordered && assembly.shape(input.node()).equals(shape)) {
      return input;
    }
    String title = input.moved().isEmpty() ? name + ".moved" : input.moved();
    Moved key = new Moved(input.node(), order, layout.sizes(), shape);
    String node = moved.get(key);
    if (node == null) {
      node = ordered ? reshaped(input.node(), shape, title) : permuted(input, order, shape, title);
      moved.put(key, node);
    }
    return new Tensor(node, layout.reordered(order), input.softMax(), "");
  }

  /**
   * The second activation with its numbers in the order and shape of the first one's node; the file
   * sees both with the same shape. If its own factors are finer, the first has to follow.
   */
  Tensor like(Tensor first, Tensor second, String name) {
    Layout common = second.layout().refined(first.layout());
    Layout leading = first.layout().refined(common);
    List<Integer> order = new ArrayList<>();
    for (int factor = 0; factor < leading.sizes().size(); factor++) {
      order.add(common.factorAt(leading.place(factor)));
    }
    Tensor finer = second.moved(common, second.moved());
    return arranged(finer, order, assembly.shape(first.node()), name);
  }

  private String reshaped(String node, List<Long> shape, String title) {
    if (assembly.shape(node).equals(shape)) {
      return node;
    }
    Layer layer = shape.size() == 1 ? new Flatten() : new Reshape(shape);
    return assembly.add(title, layer, node);
  }

  private String permuted(Tensor input, List<Integer> order, List<Long> shape, String title) {
    List<Long> from = assembly.shape(input.node());
    List<List<Integer>> dimensions = dimensions(from, input.layout().sizes());
    if (from.size() == 3 && shape.size() == 1 && order.equals(joined(dimensions, 1, 2, 0))) {
      return assembly.add(title, new Flatten(true), input.node());
    }
    for (List<Integer> axes : List.of(List.of(1, 2, 0), List.of(2, 0, 1), List.of(2, 1, 0))) {
      if (from.size() == 3 && order.equals(joined(dimensions, axes))) {
        return reshaped(assembly.add(title, new Permute(axes), input.node()), shape, title);
      }
    }
    return reshaped(moved(input, order, title), shape, title);
  }

  /** Brings one factor after another to its place, as the first of those that are left. */
  private String moved(Tensor input, List<Integer> order, String title) {
    List<Integer> current = new ArrayList<>(IntStream.range(0, order.size()).boxed().toList());
    String node = input.node();
    int place = 0;
    while (!current.equals(order)) {
      int from = current.indexOf(order.get(place));
      int to = from + 1; // those that stay beside each other move together
      while (to < order.size() && current.get(to).equals(order.get(place + to - from))) {
        to++;
      }
      if (from > place) {
        long[] block = new long[4];
        Arrays.fill(block, 1);
        for (int i = 0; i < current.size(); i++) {
          int which = i < place ? 0 : i < from ? 1 : i < to ? 2 : 3;
          block[which] *= input.layout().sizes().get(current.get(i));
        }
        node = exchanged(node, block, title);
        List<Integer> block2 = new ArrayList<>(current.subList(from, to));
        current.subList(from, to).clear();
        current.addAll(place, block2);
      }
      place += to - from;
    }
    return node;
  }

  /** Exchanges the second and third of four blocks, by permutations of three axes. */
  private String exchanged(String node, long[] block, String title) {
    if (block[0] == 1) {
      return exchanged(node, List.of(block[1], block[2], block[3]), List.of(1, 0, 2), title);
    }
    if (block[3] == 1) {
      return exchanged(node, List.of(block[0], block[1], block[2]), List.of(0, 2, 1), title);
    }
    String first =
        exchanged(node, List.of(block[0], block[1], block[2] * block[3]), List.of(1, 0, 2), title);
    return exchanged(
        first, List.of(block[1], block[0] * block[2], block[3]), List.of(1, 0, 2), title);
  }

  private String exchanged(String node, List<Long> shape, List<Integer> axes, String title) {
    return assembly.add(title, new Permute(axes), reshaped(node, shape, title + ".blocks"));
  }

  /** The factors that each axis of a node's output is made of; none if they do not divide it. */
  static List<List<Integer>> dimensions(List<Long> shape, List<Long> sizes) {
    List<List<Integer>> dimensions = new ArrayList<>();
    int next = 0;
    for (long size : shape) {
      List<Integer> dimension = new ArrayList<>();
      for (long open = size; open > 1 && next < sizes.size(); next++) {
        if (open % sizes.get(next) != 0) {
          return List.of();
        }
        open /= sizes.get(next);
        dimension.add(next);
      }
      dimensions.add(dimension);
    }
    return dimensions;
  }

  private static List<Integer> joined(List<List<Integer>> dimensions, List<Integer> order) {
    return dimensions.isEmpty()
        ? List.of()
        : order.stream().flatMap(axis -> dimensions.get(axis).stream()).toList();
  }

  private static List<Integer> joined(List<List<Integer>> dimensions, Integer... order) {
    return joined(dimensions, List.of(order));
  }
}
