package org.explain4j.experiments.configuration;

/**
 * Where uniform random numbers lie.
 *
 * @param from the smallest
 * @param to the largest, not below {@code from}
 */
public record ValueRange(double from, double to) {
  public ValueRange() {
    this(0, 1);
  }

  public ValueRange {
    if (!(from <= to) || Double.isInfinite(from) || Double.isInfinite(to)) {
      throw new IllegalArgumentException(
          "from (%s) must not exceed to (%s), and both must be numbers".formatted(from, to));
    }
  }
}
