package org.explain4j.metrics.features;

import java.util.Comparator;
import java.util.Locale;
import java.util.stream.IntStream;

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
    // The sort is stable: of equal scores the smaller index stays first.
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> key(scores[i])))
        .mapToInt(i -> i)
        .toArray();
  }
}
