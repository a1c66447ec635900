package org.explain4j.methods.explainers;

import java.util.SplittableRandom;
import org.explain4j.api.moments.Batches;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Single examples of a batch, and random numbers that belong to an example, not to its place. */
final class Examples {
  private Examples() {}

  /** A copy of one example as a batch of one. */
  static INDArray one(INDArray inputs, int index) {
    return Batches.slice(inputs, index, index + 1);
  }

  /** A stream that depends on the example's values and the seed alone. */
  static SplittableRandom random(INDArray example, long seed) {
    long hash = 1;
    for (float value : example.dup('c').data().asFloat()) {
      hash = 0x9E3779B97F4A7C15L * (hash ^ Float.floatToIntBits(value));
      hash ^= hash >>> 29;
    }
    return new SplittableRandom(hash ^ seed);
  }

  /**
   * @throws IllegalArgumentException if the seed is below 1
   */
  static void checkSeed(long seed) {
    if (seed < 1) {
      throw new IllegalArgumentException("The seed (" + seed + ") must be at least 1.");
    }
  }
}
