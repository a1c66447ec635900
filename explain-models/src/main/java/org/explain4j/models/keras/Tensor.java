package org.explain4j.models.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.explain4j.models.graph.GraphAssembly;
import org.explain4j.network.Flatten;
import org.explain4j.network.Permute;
import org.explain4j.network.Reshape;

/**
 * A value of the Keras model at a node of the network. Keras' axes and the network's need not come
 * in the same order: the {@code [h,w,c]} of channels_last is {@code [c,h,w]} here. So Keras' layers
 * that only name axes anew cost nothing, and entries are moved where a layer needs them elsewhere.
 *
 * @param order Keras' axis (without the batch, from 0) for each axis of the node; {@link #NONE}
 *     where Keras has none, which is an axis of size 1
 * @param softmax whether Keras' value is the soft-max of the node's output
 */
record Tensor(String node, List<Integer> order, boolean softmax) {
  static final int NONE = -1;

  static final List<Integer> VECTOR = List.of(0);
  static final List<Integer> CHANNELS_LAST = List.of(2, 0, 1);
  static final List<Integer> CHANNELS_FIRST = List.of(0, 1, 2);

  /** A map without channels: {@code [h,w]}. */
  static final List<Integer> ONE_CHANNEL = List.of(NONE, 0, 1);

  Tensor {
    order = List.copyOf(order);
  }

  static Tensor of(String node, List<Integer> order) {
    return new Tensor(node, order, false);
  }

  /** Number of Keras' axes. */
  int rank() {
    return (int) order.stream().filter(axis -> axis != NONE).count();
  }

  /** The shape that Keras sees, without the batch. */
  List<Long> shape(GraphAssembly assembly) {
    List<Long> own = assembly.shape(node);
    return IntStream.range(0, rank()).mapToObj(axis -> own.get(order.indexOf(axis))).toList();
  }

  /** The shape that Keras sees, as errors show it. */
  String described(GraphAssembly assembly) {
    return shape(assembly) + " (without the batch)";
  }

  /** Of Keras' axes in this order those that are larger than 1. */
  private static List<Integer> extended(List<Integer> order, List<Long> shape) {
    return order.stream().filter(axis -> axis != NONE && shape.get(axis) > 1).toList();
  }

  /** Keras' axes that are larger than 1, in Keras' order. */
  List<Integer> extended(GraphAssembly assembly) {
    return extended(order, shape(assembly)).stream().sorted().toList();
  }

  /**
   * The same value with its node's axes in another order.
   *
   * @param wanted Keras' axes, all of them
   * @param name of nodes that this may take
   */
  Tensor arranged(GraphAssembly assembly, List<Integer> wanted, String name) {
    if (order.equals(wanted)) {
      return this;
    }
    List<Long> shape = shape(assembly);
    List<Long> target = wanted.stream().map(axis -> axis == NONE ? 1L : shape.get(axis)).toList();
    String moved = node;
    if (!extended(order, shape).equals(extended(wanted, shape))) {
      // Only images have several axes that can be out of order.
      List<Integer> permutation = permutation(wanted, shape);
      moved = assembly.add(name + ".permute", new Permute(permutation), node);
    }
    if (!assembly.shape(moved).equals(target)) {
      moved =
          target.size() == 1
              ? assembly.add(name + ".flatten", new Flatten(), moved)
              : assembly.add(name + ".reshape", new Reshape(target), moved);
    }
    return new Tensor(moved, wanted, softmax);
  }

  /** The node's axes, those larger than 1 in the wanted order and the others where they fit. */
  private List<Integer> permutation(List<Integer> wanted, List<Long> shape) {
    List<Integer> permutation = new ArrayList<>();
    for (int axis : extended(wanted, shape)) {
      permutation.add(order.indexOf(axis));
    }
    for (int axis = 0; axis < order.size(); axis++) {
      if (!permutation.contains(axis)) {
        permutation.add(axis);
      }
    }
    return permutation;
  }

  /**
   * A vector of all entries.
   *
   * @param sequence Keras' axes, the last one the fastest
   */
  Tensor flattened(GraphAssembly assembly, List<Integer> sequence, String name) {
    List<Long> shape = shape(assembly);
    if (order.size() == 1) {
      return this;
    }
    boolean rotated =
        extended(List.of(order.get(1), order.get(2), order.get(0)), shape)
            .equals(extended(sequence, shape));
    boolean same = extended(order, shape).equals(extended(sequence, shape));
    String source = node;
    if (!same && !rotated) {
      source = assembly.add(name + ".permute", new Permute(permutation(sequence, shape)), node);
    }
    String flat = assembly.add(name, new Flatten(rotated && !same), source);
    return new Tensor(flat, VECTOR, softmax);
  }

  /** Keras' axes in order. */
  List<Integer> natural() {
    return IntStream.range(0, rank()).boxed().toList();
  }

  /** The node, if no soft-max follows it. */
  String plain() {
    if (softmax) {
      throw new IllegalArgumentException(
          "It reads a soft-max; a soft-max is supported only at the end of the network.");
    }
    return node;
  }
}
