package org.explain4j.experiments.stages;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** The statistics of the published tables as their definitions have them, slowly. */
final class NaiveStatistics {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private NaiveStatistics() {}

  static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return values.length == 0 ? Double.NaN : sum / values.length;
  }

  /** By interpolation in the sorted values. */
  static double quantile(double[] values, double p) {
    if (values.length == 0) {
      return Double.NaN;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double place = p * (sorted.length - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /** BCa of a mean, every resample drawn out; NaN where there is none. */
  static double[] interval(double[] values, int resamples, long seed, double level) {
    if (values.length < 10 || Arrays.stream(values).distinct().count() == 1) {
      return new double[] {Double.NaN, Double.NaN};
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] means = new double[resamples];
    for (int r = 0; r < resamples; r++) {
      double[] drawn = new double[values.length];
      for (int i = 0; i < drawn.length; i++) {
        drawn[i] = values[random.nextInt(values.length)];
      }
      means[r] = mean(drawn);
    }
    double[] without = new double[values.length];
    for (int left = 0; left < values.length; left++) {
      int out = left;
      without[left] =
          mean(
              IntStream.range(0, values.length)
                  .filter(i -> i != out)
                  .mapToDouble(i -> values[i])
                  .toArray());
    }
    return bca(mean(values), means, without, level);
  }

  /** BCa of any statistic from its resamples, and its values with one left out. */
  static double[] bca(double estimate, double[] resamples, double[] without, double level) {
    double z0 =
        NORMAL.inverseCumulativeProbability(
            Arrays.stream(resamples)
                    .map(r -> Math.abs(r - estimate) < 1e-13 ? .5 : r < estimate ? 1 : 0)
                    .sum()
                / resamples.length);
    double mean = mean(without);
    double cubes = 0;
    double squares = 0;
    for (double value : without) {
      cubes += Math.pow(mean - value, 3);
      squares += Math.pow(mean - value, 2);
    }
    double a = cubes / (6 * Math.pow(squares, 1.5));
    double[] ends = new double[2];
    for (int end = 0; end < 2; end++) {
      double z = z0 + NORMAL.inverseCumulativeProbability(.5 + (end - .5) * level);
      ends[end] = quantile(resamples, NORMAL.cumulativeProbability(z0 + z / (1 - a * z)));
    }
    return ends;
  }

  /** Mid-ranks of absolute values, by counting. */
  static double[] ranks(double[] values) {
    double[] ranks = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      for (double other : values) {
        ranks[i] += Math.abs(other) < Math.abs(values[i]) ? 1 : 0;
        ranks[i] += Math.abs(other) == Math.abs(values[i]) ? .5 : 0;
      }
      ranks[i] += .5;
    }
    return ranks;
  }

  static double effect(double[] differences) {
    double[] ranks = ranks(differences);
    double sum = 0;
    double all = 0;
    for (int i = 0; i < ranks.length; i++) {
      sum += Math.signum(differences[i]) * ranks[i];
      all += ranks[i];
    }
    return sum / all;
  }

  /**
   * The two-sided p of signed ranks; with ties, with zeros, which count for neither side, or with
   * more than 50 differences by the normal approximation with correction for continuity.
   */
  static double signedRanks(double[] differences) {
    boolean plain =
        differences.length <= 50
            && Arrays.stream(differences).map(Math::abs).distinct().count() == differences.length
            && Arrays.stream(differences).noneMatch(d -> d == 0);
    if (plain) {
      return signedRankProbability(differences);
    }
    double[] ranks = ranks(differences);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < ranks.length; i++) {
      sum += Math.signum(differences[i]) * ranks[i];
      squares += differences[i] == 0 ? 0 : ranks[i] * ranks[i];
    }
    double z = Math.max(0, Math.abs(sum) / 2 - .5) / Math.sqrt(squares / 4);
    return squares == 0 ? 1 : 2 * NORMAL.survivalProbability(z);
  }

  /** Two-sided, from all choices of signs of ranks without ties. */
  private static double signedRankProbability(double[] differences) {
    int n = differences.length;
    double[] ranks = ranks(differences);
    int positive = 0;
    for (int i = 0; i < n; i++) {
      positive += differences[i] > 0 ? (int) ranks[i] : 0;
    }
    double[] ways = new double[n * (n + 1) / 2 + 1];
    ways[0] = 1;
    for (int rank = 1; rank <= n; rank++) {
      for (int sum = ways.length - 1; sum >= rank; sum--) {
        ways[sum] += ways[sum - rank];
      }
    }
    int smaller = Math.min(positive, n * (n + 1) / 2 - positive);
    double tail = 0;
    for (int sum = 0; sum <= smaller; sum++) {
      tail += ways[sum];
    }
    return Math.min(1, 2 * tail / Math.pow(2, n));
  }

  /** The largest of (tests not smaller than it) times p, over all p up to this one. */
  static double holm(double[] family, double p) {
    double largest = 0;
    for (double smaller : family) {
      if (smaller <= p) {
        long left = Arrays.stream(family).filter(other -> other >= smaller).count();
        largest = Math.max(largest, left * smaller);
      }
    }
    return Math.min(1, largest);
  }
}
