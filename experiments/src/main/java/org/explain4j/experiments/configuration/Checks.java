package org.explain4j.experiments.configuration;

/** Range checks with one wording. */
final class Checks {
  private Checks() {}

  static void atLeast(String key, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s (%d) must be at least %d".formatted(key, value, least));
    }
  }

  static void positive(String key, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException("%s (%s) must be above 0".formatted(key, value));
    }
  }
}
