package org.explain4j.datasets;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.explain4j.api.Split;
import org.explain4j.network.training.Shuffle;

/**
 * Sets examples aside for the test split where a source has none of its own.
 *
 * @param share of the examples that go to the test split, 0 to 1
 * @param seed of the draw, at least 1
 */
public record Holdout(double share, long seed) {

  public Holdout {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The test share (%s) must be between 0 and 1.\nMaybe set dataset.test-share to 0.2.",
              share));
    }
    if (seed < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The seed (%d) must be at least 1.\nMaybe set dataset.seed to 1.",
              seed));
    }
  }

  /** The examples that are not set aside, in their order. */
  public Split train(Split all) {
    int[] order = order(all.size());
    return new Selection(all, IntStream.of(order).skip(tested(all.size())).sorted().toArray());
  }

  /** The examples set aside, in their order. */
  public Split test(Split all) {
    int[] order = order(all.size());
    return new Selection(all, IntStream.of(order).limit(tested(all.size())).sorted().toArray());
  }

  private int tested(int n) {
    return (int) Math.round(share * n);
  }

  private int[] order(int n) {
    return Shuffle.order(n, new SplittableRandom(seed));
  }
}
