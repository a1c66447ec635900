package org.explain4j.network.arrays;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Arrays whose sizes of 1 are repeated to fit others, example by example. */
public final class Broadcast {
  private Broadcast() {}

  /**
   * The common shape of two examples.
   *
   * @throws IllegalArgumentException if they differ in a size that is not 1, or in their rank
   */
  public static List<Long> shape(List<Long> a, List<Long> b) {
    List<Long> shape = new ArrayList<>();
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      shape.add(a.get(i) == 1 ? b.get(i) : a.get(i));
    }
    if (a.size() != b.size() || !fits(a, shape) || !fits(b, shape)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "Inputs of %s and %s do not fit: sizes must be equal or 1.", a, b));
    }
    return List.copyOf(shape);
  }

  private static boolean fits(List<Long> a, List<Long> shape) {
    for (int i = 0; i < shape.size(); i++) {
      if (a.get(i) != 1 && !a.get(i).equals(shape.get(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Repeats a batch along its sizes of 1.
   *
   * @param other a batch's shape; its sizes of 1 leave the array's
   * @return the array itself if nothing is repeated
   */
  public static INDArray repeated(INDArray array, long... other) {
    long[] shape = array.shape().clone();
    for (int i = 1; i < shape.length; i++) {
      shape[i] = Math.max(shape[i], other[i]);
    }
    int[] places = places(shape, array.shape());
    if (places.length == array.length() / array.size(0)) {
      return array;
    }
    INDArray result = Buffers.uninitialized(array, shape);
    Planes small = Planes.reading(array, Math.toIntExact(array.length() / array.size(0)));
    Planes large = Planes.writing(result, places.length);
    large.inParallel(
        (from, to) -> {
          Planes.Plane in = small.plane();
          Planes.Plane out = large.plane();
          for (int p = from; p < to; p++) {
            in.load(p);
            for (int i = 0; i < places.length; i++) {
              out.set(i, in.get(places[i]));
            }
            out.store(p);
          }
        });
    return large.written();
  }

  /**
   * The transpose of {@link #repeated}: sums over what was repeated.
   *
   * @param shape of the result, a batch
   * @return the array itself if nothing is summed
   */
  public static INDArray sum(INDArray array, long... shape) {
    int[] places = places(array.shape(), shape);
    int length = Math.toIntExact(Arrays.stream(shape).skip(1).reduce(1, (a, b) -> a * b));
    if (length == places.length) {
      return array;
    }
    INDArray result = Buffers.uninitialized(array, shape);
    Planes large = Planes.reading(array, places.length);
    Planes small = Planes.writing(result, length);
    large.inParallel(
        (from, to) -> {
          Planes.Plane in = large.plane();
          Planes.Plane out = small.plane();
          for (int p = from; p < to; p++) {
            in.load(p);
            double[] sums = new double[length];
            for (int i = 0; i < places.length; i++) {
              sums[places[i]] += in.get(i);
            }
            for (int i = 0; i < length; i++) {
              out.set(i, sums[i]);
            }
            out.store(p);
          }
        });
    return small.written();
  }

  /** For each entry of an example of the larger shape its place in the smaller one. */
  private static int[] places(long[] large, long[] small) {
    int[] places = {0};
    for (int axis = 1; axis < large.length; axis++) {
      int size = Math.toIntExact(large[axis]);
      int[] next = new int[places.length * size];
      for (int i = 0; i < next.length; i++) {
        int own = small[axis] == 1 ? 0 : i % size;
        next[i] = places[i / size] * Math.toIntExact(small[axis]) + own;
      }
      places = next;
    }
    return places;
  }
}
