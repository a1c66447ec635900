package org.explain4j.methods.explainers;

import java.util.SplittableRandom;

/** Random numbers that belong to an example's content, not to its place in a batch. */
final class Keys {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Keys() {}

  /** A hash of the values in [from, to), rounded to float32. */
  static long of(double[] values, int from, int to) {
    long hash = 1;
    for (int i = from; i < to; i++) {
      hash = GOLDEN * (hash ^ Float.floatToIntBits((float) values[i]));
      hash ^= hash >>> 29;
    }
    return hash;
  }

  /** A stream for one variant of what the key belongs to. */
  static SplittableRandom random(long key, long seed, int variant) {
    return new SplittableRandom(key ^ seed * GOLDEN ^ Long.rotateLeft(variant * GOLDEN, 32));
  }

  /**
   * @throws IllegalArgumentException if the seed is below 1
   */
  static void checkSeed(long seed) {
    if (seed < 1) {
      throw new IllegalArgumentException("The seed (" + seed + ") must be at least 1.");
    }
  }

  /**
   * @throws IllegalArgumentException if a number of samples or steps is below 1
   */
  static void checkCount(String setting, int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "The %s (%d) must be at least 1.".formatted(setting, count));
    }
  }
}
