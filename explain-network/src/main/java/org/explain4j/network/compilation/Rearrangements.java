package org.explain4j.network.compilation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.explain4j.network.ChannelSlice;
import org.explain4j.network.Concat;
import org.explain4j.network.Crop;
import org.explain4j.network.Flatten;
import org.explain4j.network.Layer;
import org.explain4j.network.Node;
import org.explain4j.network.Permute;
import org.explain4j.network.Reshape;
import org.explain4j.network.ZeroPad;
import org.explain4j.network.onednn.Layout;
import org.explain4j.network.onednn.OneDnnException;
import org.explain4j.network.onednn.Program;

/** The steps of layers that only move numbers, forward and back. */
final class Rearrangements {
  private final Compilation compilation;
  private final Program program;

  Rearrangements(Compilation compilation) {
    this.compilation = compilation;
    program = compilation.program();
  }

  /** A layer's value. */
  int forward(Node node) {
    Layer layer = node.layer();
    if (layer instanceof Concat) {
      return concatenated(compilation.inputs(node), compilation.shape(node.name()));
    }
    int source = compilation.inputs(node).get(0);
    long[] from = compilation.shape(node.inputs().get(0));
    long[] to = compilation.shape(node.name());
    if (layer instanceof Flatten flatten && flatten.channelsLast() && from.length == 4) {
      return program.view(
          program.reordered(source, Layout.channelsLast(from)), Layout.plain(to), 0);
    }
    if (layer instanceof Flatten || layer instanceof Reshape) {
      return from.length == to.length && from.length == 2
          ? source
          : program.view(compilation.plain(source), Layout.plain(to), 0);
    }
    if (layer instanceof Permute permute) {
      return permuted(source, from, to, axes(permute, true));
    }
    return layer instanceof ZeroPad
        ? embedded(source, to, offsets(layer))
        : cut(source, to, offsets(layer));
  }

  /** The message at the input of a layer with one. */
  int backward(Node node, int message) {
    Layer layer = node.layer();
    long[] from = compilation.shape(node.inputs().get(0));
    long[] to = compilation.shape(node.name());
    if (layer instanceof Flatten || layer instanceof Reshape) {
      boolean moves =
          layer instanceof Flatten flatten && flatten.channelsLast() && from.length == 4;
      return program.view(
          compilation.plain(message), moves ? Layout.channelsLast(from) : Layout.plain(from), 0);
    }
    if (layer instanceof Permute permute) {
      return permuted(message, to, from, axes(permute, false));
    }
    return layer instanceof ZeroPad
        ? cut(message, from, offsets(layer))
        : embedded(message, from, offsets(layer));
  }

  /** For each axis of an example the axis of the other side's that it is. */
  private static int[] axes(Permute permute, boolean forward) {
    return IntStream.range(0, 3)
        .map(axis -> forward ? permute.order().get(axis) : permute.order().indexOf(axis))
        .toArray();
  }

  /** Where the smaller array begins in the larger one. */
  private static long[] offsets(Layer layer) {
    if (layer instanceof ZeroPad pad) {
      return new long[] {0, 0, pad.top(), pad.left()};
    }
    if (layer instanceof Crop crop) {
      return new long[] {0, 0, crop.top(), crop.left()};
    }
    if (layer instanceof ChannelSlice slice) {
      return new long[] {0, slice.from(), 0, 0};
    }
    throw new OneDnnException("run a " + layer.getClass().getSimpleName());
  }

  private int permuted(int source, long[] from, long[] to, int[] axes) {
    int seen = program.view(compilation.plain(source), Layout.permuted(from, axes), 0);
    return program.reordered(seen, Layout.plain(to));
  }

  private int cut(int source, long[] to, long[] offsets) {
    int plain = compilation.plain(source);
    Layout part = program.layout(plain).part(to, Arrays.copyOf(offsets, to.length));
    int destination = program.array(Layout.plain(to));
    program.copy(program.view(plain, part, 0), destination);
    return destination;
  }

  private int embedded(int source, long[] to, long[] offsets) {
    int whole = program.lasting(Layout.plain(to));
    Layout inner =
        program
            .layout(whole)
            .part(program.layout(source).shape(), Arrays.copyOf(offsets, to.length));
    program.copy(source, program.view(whole, inner, 0));
    return whole;
  }

  /** Arrays behind each other along their channels. */
  int concatenated(List<Integer> parts, long[] shape) {
    Layout layout = common(parts, shape);
    int whole = program.array(layout);
    long offset = 0;
    for (int part : parts) {
      Layout own = Layout.like(layout, program.layout(part).shape());
      boolean moved = program.layout(part).fits(own) && program.moved(part, whole, offset);
      if (!moved) {
        int place = program.view(whole, own, offset);
        program.copy(part, place);
      }
      offset += own.bytes();
    }
    return whole;
  }

  /** A layout in which parts lie one after the other: the first one's, if it serves for all. */
  private Layout common(List<Integer> parts, long[] shape) {
    for (int block : new int[] {16, 8}) {
      boolean whole =
          shape.length == 4
              && parts.stream().allMatch(p -> program.layout(p).shape()[1] % block == 0);
      Layout first = program.layout(parts.get(0));
      if (whole && first.fits(Layout.channels(block, first.shape()))) {
        return Layout.channels(block, shape);
      }
    }
    return Layout.plain(shape);
  }

  /** The parts of an array that lie behind each other along its channels. */
  List<Integer> split(int array, List<long[]> shapes) {
    Layout whole = Layout.like(program.layout(array), program.layout(array).shape());
    int ordered = program.reordered(array, whole);
    for (long[] shape : shapes) {
      if (Layout.like(whole, shape).bytes() != Layout.plain(shape).bytes()) {
        ordered = compilation.plain(ordered); // blocks of channels belong to two parts
        whole = program.layout(ordered);
      }
    }
    List<Integer> parts = new ArrayList<>();
    long offset = 0;
    for (long[] shape : shapes) {
      Layout part = Layout.like(whole, shape);
      parts.add(program.view(ordered, part, offset));
      offset += part.bytes();
    }
    return parts;
  }
}
