package org.explain4j.experiments.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Which of some images a network is right on, by one reading of its inputs and outputs.
 *
 * @param right one for each image
 */
public record Hits(boolean[] right) {
  /** Chance that another reading looks so much better where it is not. */
  private static final double ERROR = 0.001;

  /** What another reading must gain to matter, as a share of the images. */
  private static final double GAIN = 0.1;

  /** Where the network gives what is expected. */
  public static Hits of(int[] predicted, int[] expected) {
    boolean[] right = new boolean[expected.length];
    for (int i = 0; i < right.length; i++) {
      right[i] = predicted[i] == expected[i];
    }
    return new Hits(right);
  }

  /** Those of the images from one on. */
  public Hits from(int first) {
    return new Hits(Arrays.copyOfRange(right, first, right.length));
  }

  /** How many images the network is right on. */
  public int count() {
    return (int) IntStream.range(0, right.length).filter(i -> right[i]).count();
  }

  /** The share of images that it is right on. */
  public double share() {
    return (double) count() / right.length;
  }

  /**
   * Whether this reading is better than another beyond doubt: by a tenth of the images, and by the
   * exact sign test on those on which the two differ (McNemar).
   */
  public boolean isBetterThan(Hits other) {
    int gained = 0;
    int lost = 0;
    for (int i = 0; i < right.length; i++) {
      gained += right[i] && !other.right[i] ? 1 : 0;
      lost += other.right[i] && !right[i] ? 1 : 0;
    }
    return gained - lost >= GAIN * right.length
        && BinomialDistribution.of(gained + lost, 0.5).survivalProbability(gained - 1) < ERROR;
  }

  /**
   * The probability that guessing is right on as many.
   *
   * @param classes that occur, at least 1
   */
  public double chance(long classes) {
    int count = count();
    return count == 0
        ? 1
        : BinomialDistribution.of(right.length, 1.0 / classes).survivalProbability(count - 1);
  }
}
