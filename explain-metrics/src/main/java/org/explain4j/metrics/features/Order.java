package org.explain4j.metrics.features;

import java.util.Comparator;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** In which order features are changed. Of equal scores the smaller index comes first. */
public enum Order {
  /** Most relevant first. */
  DESCENDING(score -> -score),
  /** Least relevant first. */
  ASCENDING(score -> score),
  /** Largest absolute value first. */
  STRONGEST(score -> -Math.abs(score)),
  /** Smallest absolute value first. */
  WEAKEST(Math::abs);

  private final ToDoubleFunction<Double> key;

  Order(ToDoubleFunction<Double> key) {
    this.key = key;
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
    // The sort is stable; adding 0 makes -0 a 0.
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> key.applyAsDouble(scores[i]) + 0.0))
        .mapToInt(i -> i)
        .toArray();
  }
}
