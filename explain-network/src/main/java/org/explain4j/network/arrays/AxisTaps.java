package org.explain4j.network.arrays;

import java.util.function.DoubleUnaryOperator;

/**
 * Along one axis, the two old pixels that each new one is a mean of.
 *
 * @param lower index of the first, for each new pixel
 * @param upper of the second, maybe the same
 * @param share of the second, from 0 to 1
 * @param size number of old pixels
 */
public record AxisTaps(int[] lower, int[] upper, double[] share, int size) {

  /** The pixels on both sides of each place, clipped to the image. */
  public static AxisTaps linear(double[] places, int size) {
    int[] lower = new int[places.length];
    int[] upper = new int[places.length];
    double[] share = new double[places.length];
    for (int i = 0; i < places.length; i++) {
      double place = Math.min(Math.max(places[i], 0), size - 1);
      lower[i] = (int) place;
      upper[i] = Math.min(lower[i] + 1, size - 1);
      share[i] = place - lower[i];
    }
    return new AxisTaps(lower, upper, share, size);
  }

  /** One pixel for each place, clipped to the image. */
  public static AxisTaps nearest(double[] places, int size, DoubleUnaryOperator rounding) {
    int[] nearest = new int[places.length];
    for (int i = 0; i < places.length; i++) {
      nearest[i] = (int) Math.min(Math.max(rounding.applyAsDouble(places[i]), 0), size - 1);
    }
    return new AxisTaps(nearest, nearest, new double[places.length], size);
  }

  /** Number of new pixels. */
  public int count() {
    return lower.length;
  }
}
