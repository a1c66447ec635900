package org.explain4j.metrics.features;

import java.util.Arrays;
import java.util.Locale;

/** In which order features are changed. Of equal scores the smaller index comes first. */
public enum Order {
  /** Most relevant first. */
  DESCENDING,
  /** Least relevant first. */
  ASCENDING,
  /** Largest absolute value first. */
  STRONGEST,
  /** Smallest absolute value first. */
  WEAKEST;

  /** What is sorted, the smallest first; adding 0 makes -0 a 0. */
  private double key(double score) {
    return switch (this) {
      case DESCENDING -> -score + 0.0;
      case ASCENDING -> score + 0.0;
      case STRONGEST -> -Math.abs(score) + 0.0;
      case WEAKEST -> Math.abs(score);
    };
  }

  /**
   * Indices of an example's scores.
   *
   * @throws IllegalArgumentException if a score is not finite
   */
  public int[] of(double[] scores, int example) {
    for (int i = 0; i < scores.length; i++) {
      if (!Double.isFinite(scores[i])) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "The attribution of example %d is not finite in feature %d (sum %s).",
                example,
                i,
                scores[i]));
      }
    }
    double[] keys = Arrays.stream(scores).map(this::key).toArray();
    double[] sorted = keys.clone();
    Arrays.sort(sorted); // numbers, which is many times faster than indices by their scores
    int[] order = new int[keys.length];
    int[] equal = new int[keys.length]; // how many of a key have their place already
    for (int i = 0; i < keys.length; i++) {
      int first = first(sorted, keys[i]);
      order[first + equal[first]++] = i;
    }
    return order;
  }

  /** Where a value begins in a sorted array that has it. */
  private static int first(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
