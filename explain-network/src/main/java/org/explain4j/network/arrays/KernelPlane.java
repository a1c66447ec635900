package org.explain4j.network.arrays;

import java.nio.FloatBuffer;
import java.util.function.DoubleBinaryOperator;

/**
 * What kernels do on planes: in production of one type, so that calls are inlined. What float64
 * does in the plain way, float32 does in the fast one.
 */
public sealed interface KernelPlane extends Planes.Plane permits FloatPlane, DoublePlane {
  /**
   * A plane's place on the heap, for one thread.
   *
   * @param numbers of all planes, one after the other
   * @param length of a plane
   */
  static KernelPlane of(FloatBuffer numbers, int length) {
    return new FloatPlane(numbers, new float[length], numbers);
  }

  /** For each place, row-major, the index of its first largest value. */
  void firstMaxima(PoolPlaces places, int[] indices);

  /** Takes each message at the first largest pixel of its place on another plane, else 0. */
  default void spread(PoolPlaces places, KernelPlane source, KernelPlane messages) {
    clear();
    int[] indices = new int[places.count()];
    source.firstMaxima(places, indices);
    for (int i = 0; i < indices.length; i++) {
      set(indices[i], get(indices[i]) + messages.get(i));
    }
  }

  /** Takes the products of two planes' values. */
  default void multiplied(KernelPlane a, KernelPlane b) {
    combined(a, b, (x, y) -> x * y);
  }

  /** Takes {@code factor * message / (z + sign(z) epsilon)}, or 0 where that divides by 0. */
  default void divided(KernelPlane message, KernelPlane z, double epsilon, double factor) {
    combined(
        message,
        z,
        (r, y) -> {
          double sum = y + 0; // so that -0 counts as 0
          double denominator = sum + Math.copySign(epsilon, sum);
          return denominator == 0 ? 0 : factor * r / denominator;
        });
  }

  /** For each place, row-major, the largest value of another plane. */
  default void maxima(PoolPlaces places, KernelPlane source) {
    int[] indices = new int[places.count()];
    source.firstMaxima(places, indices);
    for (int i = 0; i < indices.length; i++) {
      set(i, source.get(indices[i]));
    }
  }

  /** Adds another plane's values where they came from. */
  default void add(KernelPlane source, Shift shift) {
    for (int row = shift.firstRow(); row < shift.endRow(); row++) {
      for (int i = 0; i < shift.length(); i++) {
        int place = shift.target(row) + i;
        set(place, get(place) + source.get(shift.source(row) + i));
      }
    }
  }

  /** Takes {@code f} of two planes' values. */
  void combined(KernelPlane a, KernelPlane b, DoubleBinaryOperator f);

  @Override
  KernelPlane load(int plane);
}
