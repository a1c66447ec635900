package org.explain4j.models.onnx;

import static org.explain4j.models.onnx.OnnxNode.require;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.explain4j.models.onnx.OnnxValue.Activation;
import org.explain4j.models.onnx.OnnxValue.Floats;
import org.explain4j.models.onnx.OnnxValue.Probabilities;
import org.explain4j.network.ChannelSlice;
import org.explain4j.network.Concat;
import org.explain4j.network.Flatten;
import org.explain4j.network.ZeroPad;

/** Operators that move entries: flatten, reshape, transpose, concat, pad, slice, dropout. */
final class ShapeOperators {
  private ShapeOperators() {}

  static Map<String, Operator> all() {
    return Map.ofEntries(
        Map.entry("Identity", node -> node.set(node.value(0))),
        Map.entry("Dropout", ShapeOperators::dropout),
        Map.entry("Flatten", ShapeOperators::flatten),
        Map.entry("Reshape", ShapeOperators::reshape),
        Map.entry("Squeeze", ShapeOperators::squeeze),
        Map.entry("Transpose", ShapeOperators::transpose),
        Map.entry("Concat", ShapeOperators::concat),
        Map.entry("Pad", ShapeOperators::pad),
        Map.entry("Slice", ShapeOperators::slice),
        Map.entry("Split", ShapeOperators::split),
        Map.entry("Cast", IntegerOperators::cast),
        Map.entry("Constant", IntegerOperators::constant),
        Map.entry("Shape", IntegerOperators::shape),
        Map.entry("Gather", IntegerOperators::gather),
        Map.entry("Unsqueeze", IntegerOperators::unsqueeze));
  }

  private static void dropout(OnnxNode node) {
    node.set(node.value(0));
    node.assembly().note("The dropout '%s' was removed.".formatted(node.name()));
  }

  private static void flatten(OnnxNode node) {
    if (node.value(0) instanceof Probabilities) {
      node.set(node.value(0));
      return;
    }
    long rank = node.assembly().shape(node.activation(0).node()).size() + 1L;
    long axis = node.integer("axis", 1);
    require((axis + rank) % rank == 1, "Only a flatten from axis 1 is supported, not %d.", axis);
    flatten(node, node.activation(0));
  }

  private static void flatten(OnnxNode node, Activation input) {
    if (node.assembly().shape(input.node()).size() == 1) {
      node.set(input);
    } else {
      node.set(node.assembly().add(node.name(), new Flatten(input.channelsLast()), input.node()));
    }
  }

  /** The shape that the file sees, with a batch of one. */
  static long[] shapeInFile(OnnxNode node, Activation input) {
    List<Long> shape = new ArrayList<>(node.assembly().shape(input.node()));
    if (input.channelsLast() && shape.size() == 3) {
      shape.add(shape.remove(0));
    }
    return LongStream.concat(LongStream.of(1), shape.stream().mapToLong(Long::longValue)).toArray();
  }

  private static void reshape(OnnxNode node) {
    if (node.value(0) instanceof Probabilities) {
      node.set(node.value(0));
      return;
    }
    if (node.value(0) instanceof Floats floats) {
      long[] target = target(LongStream.of(floats.array().shape()).toArray(), node.integersAt(1));
      node.set(new Floats(floats.array().reshape('c', target)));
      return;
    }
    Activation input = node.activation(0);
    long[] from = shapeInFile(node, input);
    long[] to = target(from, node.integersAt(1));
    if (Arrays.equals(from, to)) {
      node.set(input);
    } else {
      require(
          to.length == 2 && to[0] == 1,
          "Only a reshape of examples to vectors is supported, not from %s to %s.",
          Arrays.toString(from),
          Arrays.toString(node.integersAt(1)));
      flatten(node, input);
    }
  }

  /** ONNX: 0 keeps a dimension, -1 takes what is left. */
  private static long[] target(long[] from, long[] asked) {
    long[] to = asked.clone();
    long total = LongStream.of(from).reduce(1, Math::multiplyExact);
    long known = 1;
    int open = -1;
    for (int i = 0; i < to.length; i++) {
      if (to[i] == 0 && i < from.length) {
        to[i] = from[i];
      }
      if (to[i] == -1 && open < 0) {
        open = i;
      } else {
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
    if (!(node.value(0) instanceof Activation input)) {
      IntegerOperators.squeeze(node);
      return;
    }
    long[] shape = shapeInFile(node, input);
    long[] given =
        node.has(1) ? node.integersAt(1) : node.integers("axes").orElse(new long[] {2, 3});
    long[] axes =
        Arrays.stream(given).map(a -> a < 0 ? a + shape.length : a).distinct().sorted().toArray();
    boolean all =
        shape.length == 4
            && Arrays.equals(axes, input.channelsLast() ? new long[] {1, 2} : new long[] {2, 3});
    require(
        all && shape[(int) axes[0]] == 1 && shape[(int) axes[1]] == 1,
        "Only height and width of size 1 can be squeezed together, not the axes %s of %s.",
        Arrays.toString(given),
        Arrays.toString(shape));
    flatten(node, input);
  }

  private static void transpose(OnnxNode node) {
    if (node.value(0) instanceof Floats floats) {
      int rank = floats.array().rank();
      long[] order =
          node.integers("perm").orElse(LongStream.range(0, rank).map(i -> rank - 1 - i).toArray());
      require(
          Arrays.equals(
              LongStream.of(order).sorted().toArray(), LongStream.range(0, rank).toArray()),
          "The order %s does not fit a tensor of rank %d.",
          Arrays.toString(order),
          rank);
      node.set(
          new Floats(
              floats
                  .array()
                  .permute(LongStream.of(order).mapToInt(i -> (int) i).toArray())
                  .dup('c')));
      return;
    }
    Activation input = node.activation(0);
    int rank = node.assembly().shape(input.node()).size() + 1;
    long[] order =
        node.integers("perm").orElse(LongStream.range(0, rank).map(i -> rank - 1 - i).toArray());
    boolean toLast = rank == 4 && Arrays.equals(order, new long[] {0, 2, 3, 1});
    boolean toFirst = rank == 4 && Arrays.equals(order, new long[] {0, 3, 1, 2});
    boolean nothing = Arrays.equals(order, LongStream.range(0, rank).toArray());
    require(
        nothing || (toLast && !input.channelsLast()) || (toFirst && input.channelsLast()),
        "Only a change between channels first and last is supported, not %s.",
        Arrays.toString(order));
    node.set(new Activation(input.node(), nothing ? input.channelsLast() : toLast));
  }

  private static void concat(OnnxNode node) {
    int count = node.proto().getInputCount();
    if (node.value(0) instanceof OnnxValue.Integers) {
      IntegerOperators.concat(node);
      return;
    }
    String[] inputs = new String[count];
    boolean channelsLast = node.activation(0).channelsLast();
    for (int i = 0; i < count; i++) {
      require(
          node.activation(i).channelsLast() == channelsLast,
          "It mixes images with channels first and channels last.");
      inputs[i] = node.activation(i).node();
    }
    long rank = node.assembly().shape(inputs[0]).size() + 1L;
    long axis = node.integer("axis", 1);
    require(
        (axis + rank) % rank == (channelsLast ? rank - 1 : 1),
        "Only a concatenation along the channels is supported, not along axis %d.",
        axis);
    node.set(new Activation(node.assembly().add(node.name(), new Concat(), inputs), channelsLast));
  }

  private static void pad(OnnxNode node) {
    String mode = node.text("mode", "constant");
    double value = node.has(2) ? node.floats(2).getDouble(0) : node.number("value", 0);
    require(
        mode.equals("constant") && value == 0 && !node.has(3),
        "Only padding with zeros is supported, not mode '%s' with %s.",
        mode,
        value);
    long[] pads = node.has(1) ? node.integersAt(1) : node.integers("pads").orElse(new long[0]);
    Activation input = node.activation(0);
    if (LongStream.of(pads).allMatch(p -> p == 0)) {
      node.set(input);
      return;
    }
    int y = input.channelsLast() ? 1 : 2;
    boolean spatial =
        pads.length == 8
            && LongStream.of(pads).allMatch(p -> p >= 0 && p < 1 << 20)
            && pads[0] + pads[4] + pads[y == 1 ? 3 : 1] + pads[y == 1 ? 7 : 5] == 0;
    require(spatial, "Only padding of images is supported, not %s.", Arrays.toString(pads));
    ZeroPad layer =
        new ZeroPad((int) pads[y], (int) pads[y + 1], (int) pads[y + 4], (int) pads[y + 5]);
    node.set(
        new Activation(
            node.assembly().add(node.name(), layer, input.node()), input.channelsLast()));
  }

  private static void slice(OnnxNode node) {
    if (node.value(0) instanceof OnnxValue.Integers) {
      IntegerOperators.slice(node);
      return;
    }
    String input = node.channelsFirst(0);
    long channels = node.assembly().shape(input).get(0);
    long from = IntegerOperators.single(node, 1, "starts");
    long to = IntegerOperators.single(node, 2, "ends");
    long axis =
        node.has(3) || node.integers("axes").isPresent()
            ? IntegerOperators.single(node, 3, "axes")
            : 0;
    long step = node.has(4) ? IntegerOperators.single(node, 4, "steps") : 1;
    require(axis == 1 && step == 1, "Only a slice of channels (axis 1, step 1) is supported.");
    from = from < 0 ? from + channels : from;
    to = Math.min(to < 0 ? to + channels : to, channels);
    node.set(node.assembly().add(node.name(), new ChannelSlice(from, to), input));
  }

  private static void split(OnnxNode node) {
    String input = node.channelsFirst(0);
    int parts = node.proto().getOutputCount();
    long channels = node.assembly().shape(input).get(0);
    require(node.integer("axis", 0) == 1, "Only a split of channels (axis 1) is supported.");
    long[] sizes =
        node.has(1)
            ? node.integersAt(1)
            : node.integers("split")
                .orElse(LongStream.generate(() -> channels / parts).limit(parts).toArray());
    require(
        sizes.length == parts && LongStream.of(sizes).sum() == channels,
        "It cannot split %d channels into %s.",
        channels,
        Arrays.toString(sizes));
    long from = 0;
    for (int i = 0; i < parts; i++) {
      ChannelSlice slice = new ChannelSlice(from, from + sizes[i]);
      node.set(i, new Activation(node.assembly().add(node.name() + "." + i, slice, input), false));
      from += sizes[i];
    }
  }
}
