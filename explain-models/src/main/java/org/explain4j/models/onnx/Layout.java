package org.explain4j.models.onnx;

import static org.explain4j.models.onnx.OnnxNode.require;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * How the file sees the output of a network's node: a tensor with a batch axis and any others, of
 * the same numbers in some order. The node's numbers for one example, in row-major order, are
 * divided into factors; each axis of the file is made of some of them. So transposing, reshaping
 * and squeezing cost nothing until an operator needs another order.
 *
 * @param batch number of examples that the file counts with; 1 where it leaves them open
 * @param sizes of the factors, each at least 2, in the order of the node's numbers
 * @param axes of the file, each the factors that it is made of, by index, the major one first;
 *     {@link #BATCH} stands for the examples
 */
record Layout(long batch, List<Long> sizes, List<List<Integer>> axes) {
  static final int BATCH = -1;

  Layout {
    sizes = List.copyOf(sizes);
    axes = axes.stream().map(List::copyOf).toList();
  }

  /** The file sees the batch and then the node's own axes. */
  static Layout of(long batch, Collection<Long> example) {
    List<Long> sizes = new ArrayList<>();
    List<List<Integer>> axes = new ArrayList<>(List.of(List.of(BATCH)));
    for (long size : example) {
      axes.add(size == 1 ? List.of() : List.of(sizes.size()));
      if (size > 1) {
        sizes.add(size);
      }
    }
    return new Layout(batch, sizes, axes);
  }

  int rank() {
    return axes.size();
  }

  /** The shape that the file sees. */
  long[] shape() {
    return LongStream.range(0, rank()).map(axis -> size((int) axis)).toArray();
  }

  long size(int axis) {
    return axes.get(axis).stream().mapToLong(this::factor).reduce(1, Math::multiplyExact);
  }

  private long factor(int index) {
    return index == BATCH ? batch : sizes.get(index);
  }

  /** The axis with this number, counted from the end if negative. */
  int axis(long number) {
    require(
        number >= -rank() && number < rank(),
        "It has no axis %d: its input is %s.",
        number,
        Arrays.toString(shape()));
    return (int) (number < 0 ? number + rank() : number);
  }

  /** The batch axis, which must hold nothing but the examples. */
  int batchAxis() {
    int axis = axes.indexOf(List.of(BATCH));
    require(
        axis >= 0,
        "It works on %s, where examples and positions share an axis.",
        Arrays.toString(shape()));
    return axis;
  }

  /** All axes but that of the batch. */
  List<Integer> others() {
    int batchAxis = batchAxis();
    return IntStream.range(0, rank()).filter(axis -> axis != batchAxis).boxed().toList();
  }

  /** The factors of some axes, in the order of the axes. */
  List<Integer> factors(Collection<Integer> of) {
    return of.stream().flatMap(axis -> axes.get(axis).stream()).toList();
  }

  Layout permuted(int... order) {
    return new Layout(batch, sizes, Arrays.stream(order).mapToObj(axes::get).toList());
  }

  /** Without axes, which must have the size 1. */
  Layout without(Collection<Integer> gone) {
    List<List<Integer>> kept = new ArrayList<>();
    for (int axis = 0; axis < rank(); axis++) {
      if (!gone.contains(axis)) {
        kept.add(axes.get(axis));
      } else {
        require(
            axes.get(axis).isEmpty(),
            "The axis %d of %s is that of the examples or has not the size 1.",
            axis,
            Arrays.toString(shape()));
      }
    }
    return new Layout(batch, sizes, kept);
  }

  /** With axes of size 1 that get these numbers in the result. */
  Layout with(Collection<Integer> added) {
    List<List<Integer>> all = new ArrayList<>();
    int own = 0;
    for (int axis = 0; axis < rank() + added.size(); axis++) {
      all.add(added.contains(axis) ? List.of() : axes.get(own++));
    }
    return new Layout(batch, sizes, all);
  }

  /**
   * With another size of an axis, whose factors follow each other in the node's order; where it has
   * none, its numbers come first in that order.
   */
  Layout resized(int axis, long size) {
    List<Integer> old = axes.get(axis);
    int from = old.stream().mapToInt(f -> f).min().orElse(0);
    List<Integer> kept =
        IntStream.range(0, sizes.size()).boxed().filter(f -> !old.contains(f)).toList();
    List<Long> factors = new ArrayList<>(kept.stream().map(sizes::get).toList());
    boolean added = size > 1;
    if (added) {
      factors.add(from, size);
    }
    List<List<Integer>> changed = new ArrayList<>();
    for (List<Integer> other : axes) {
      changed.add(
          other.stream().map(f -> f == BATCH ? f : renumbered(kept, f, from, added)).toList());
    }
    changed.set(axis, added ? List.of(from) : List.of());
    return new Layout(batch, factors, changed);
  }

  private static Integer renumbered(List<Integer> kept, int factor, int from, boolean added) {
    int number = kept.indexOf(factor);
    return added && number >= from ? number + 1 : number;
  }

  /** The same, with factors divided so that each axis has those of another layout of its shape. */
  Layout refined(Layout other) {
    long[] fine =
        IntStream.range(0, rank())
            .mapToObj(axis -> divisions(axis, other))
            .flatMapToLong(LongStream::of)
            .toArray();
    Layout divided = reshaped(fine).orElseThrow(() -> differ(other));
    List<List<Integer>> joined = new ArrayList<>();
    int next = 0;
    for (int axis = 0; axis < rank(); axis++) {
      int count = divisions(axis, other).length;
      joined.add(divided.factors(IntStream.range(next, next + count).boxed().toList()));
      next += count;
    }
    return new Layout(batch, divided.sizes(), joined);
  }

  /** Sizes of the other layout's factors of an axis; the axis itself if it has one or none. */
  private static long[] divisions(int axis, Layout other) {
    List<Integer> factors = other.axes.get(axis);
    return factors.isEmpty() ? new long[] {1} : factors.stream().mapToLong(other::factor).toArray();
  }

  private IllegalArgumentException differ(Layout other) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "Its inputs of the shape %s were divided into %s and %s, which do not fit each other.",
            Arrays.toString(shape()),
            sizes,
            other.sizes));
  }

  /** The axis of a factor, and its number among those of the axis. */
  List<Integer> place(int factor) {
    for (int axis = 0; axis < rank(); axis++) {
      int number = axes.get(axis).indexOf(factor);
      if (number >= 0) {
        return List.of(axis, number);
      }
    }
    throw new IllegalArgumentException(
        String.format(Locale.ROOT, "There is no factor %d.", factor));
  }

  int factorAt(List<Integer> place) {
    return axes.get(place.get(0)).get(place.get(1));
  }

  /** The same numbers after the node's factors were brought into another order. */
  Layout reordered(List<Integer> order) {
    return new Layout(
        batch,
        order.stream().map(sizes::get).toList(),
        axes.stream()
            .map(axis -> axis.stream().map(f -> f == BATCH ? f : order.indexOf(f)).toList())
            .toList());
  }

  /** A factor, or a part of one. */
  private record Piece(int factor, int part, long size) {
    boolean isBatch() {
      return factor == BATCH;
    }
  }

  /**
   * The file's numbers, in its order, in another shape.
   *
   * @param shape of the same number of entries
   * @return empty if an axis of the new shape would begin inside of an old one where that has no
   *     factor, as in a reshape of 6 x 4 to 4 x 6
   */
  Optional<Layout> reshaped(long... shape) {
    Deque<Piece> rest = new ArrayDeque<>();
    factors(IntStream.range(0, rank()).boxed().toList())
        .forEach(f -> rest.add(new Piece(f, 0, factor(f))));
    List<List<Piece>> grouped = new ArrayList<>();
    for (long size : shape) {
      List<Piece> axis = new ArrayList<>();
      if (!fill(axis, size, rest)) {
        return Optional.empty();
      }
      grouped.add(axis);
    }
    if (!grouped.isEmpty()) {
      grouped.get(grouped.size() - 1).addAll(rest); // at most a batch of one
    }
    return Optional.of(renumbered(grouped));
  }

  private static boolean fill(List<Piece> axis, long size, Deque<Piece> rest) {
    long open = size;
    while (!rest.isEmpty() && (open > 1 || (axis.isEmpty() && rest.peek().size() == 1))) {
      Piece next = rest.pop();
      if (open % next.size() == 0) {
        axis.add(next);
        open /= next.size();
      } else if (next.size() % open == 0 && !next.isBatch()) {
        axis.add(new Piece(next.factor(), next.part(), open));
        rest.push(new Piece(next.factor(), next.part() + 1, next.size() / open));
        open = 1;
      } else {
        return false;
      }
    }
    return open == 1;
  }

  private Layout renumbered(List<List<Piece>> grouped) {
    List<Piece> all =
        grouped.stream()
            .flatMap(List::stream)
            .filter(piece -> !piece.isBatch())
            .sorted(Comparator.comparingInt(Piece::factor).thenComparingInt(Piece::part))
            .toList();
    return new Layout(
        batch,
        all.stream().map(Piece::size).toList(),
        grouped.stream()
            .map(axis -> axis.stream().map(p -> p.isBatch() ? BATCH : all.indexOf(p)).toList())
            .toList());
  }
}
