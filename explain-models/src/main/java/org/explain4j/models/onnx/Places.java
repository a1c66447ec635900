package org.explain4j.models.onnx;

import static org.explain4j.models.onnx.OnnxNode.require;

import java.util.Arrays;

/** Where the entries of one array in row-major order come from in another one. */
final class Places {
  /** Entries of an array that is computed while a file is read, beyond which it is damaged. */
  private static final long LARGEST = 1L << 28;

  private Places() {}

  /** Distances between neighbours along each axis. */
  static long[] strides(long... shape) {
    long[] strides = new long[shape.length];
    long step = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      strides[axis] = step;
      step *= shape[axis];
    }
    return strides;
  }

  /**
   * @param shape of the result
   * @param offset place of its first entry
   * @param strides distances of neighbours along each of its axes
   */
  static int[] strided(long[] shape, long offset, long... strides) {
    int[] places = new int[size(shape)];
    long[] index = new long[shape.length];
    long place = offset;
    for (int i = 0; i < places.length; i++) {
      places[i] = (int) place;
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        place += strides[axis];
        if (++index[axis] < shape[axis]) {
          break;
        }
        place -= strides[axis] * shape[axis];
        index[axis] = 0;
      }
    }
    return places;
  }

  /** Repeats axes of size 1, and adds axes in front, as numpy does. */
  static int[] broadcast(long[] from, long... to) {
    long[] own = strides(from);
    long[] strides = new long[to.length];
    int added = to.length - from.length;
    for (int axis = Math.max(0, added); axis < to.length; axis++) {
      strides[axis] = from[axis - added] == 1 ? 0 : own[axis - added];
    }
    return strided(to, 0, strides);
  }

  /**
   * The shape that both shapes are broadcast to.
   *
   * @throws IllegalArgumentException if they do not fit
   */
  static long[] common(long[] a, long... b) {
    long[] common = new long[Math.max(a.length, b.length)];
    for (int i = 1; i <= common.length; i++) {
      long left = i > a.length ? 1 : a[a.length - i];
      long right = i > b.length ? 1 : b[b.length - i];
      require(
          left == right || left == 1 || right == 1,
          "The shapes %s and %s do not fit each other.",
          Arrays.toString(a),
          Arrays.toString(b));
      common[common.length - i] = left == 1 ? right : left;
    }
    return common;
  }

  /** Number of entries of an array that is to be made; checked before it is. */
  static int size(long... shape) {
    long size = 1;
    for (long dimension : shape) {
      require(
          dimension >= 0 && dimension <= LARGEST,
          "It makes a constant of the shape %s.",
          Arrays.toString(shape));
      size = Math.multiplyExact(size, dimension);
      require(size <= LARGEST, "It makes a constant of the shape %s.", Arrays.toString(shape));
    }
    return (int) size;
  }

  /** The axis with this number, counted from the end if negative. */
  static int axis(long number, int rank) {
    require(
        number >= -rank && number < rank,
        "It has no axis %d: its input has %d axes.",
        number,
        rank);
    return (int) (number < 0 ? number + rank : number);
  }

  /** Start of a slice or its end, as ONNX clamps them. */
  static long clamped(long index, long from, long to, long size) {
    // Not index + size first: INT64_MIN and INT64_MAX stand for everything.
    long counted = index < 0 ? Math.max(index, -size - 1) + size : index;
    return Math.max(from, Math.min(to, counted));
  }
}
