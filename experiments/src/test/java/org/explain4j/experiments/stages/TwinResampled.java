package org.explain4j.experiments.stages;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The mean of some neurons' rho on all groups of images, on resamples of the groups, and without a
 * group each.
 */
record TwinResampled(double mean, double[] resamples, double[] without) {
  /** Nearer to each other than this, which of two resampled numbers is larger is rounding. */
  private static final double SIGN = 3e-6;

  /**
   * @param groups for each group of images and neuron n and the sums of t, p, tt, tp, pp
   */
  static TwinResampled of(double[][][] groups, int[] neurons, int draws, long seed) {
    int[] once = IntStream.generate(() -> 1).limit(groups.length).toArray();
    SplittableRandom random = new SplittableRandom(seed);
    double[] resamples = new double[draws];
    for (int r = 0; r < resamples.length; r++) {
      int[] times = new int[groups.length];
      for (int draw = 0; draw < groups.length; draw++) {
        times[random.nextInt(groups.length)]++;
      }
      resamples[r] = rho(groups, times, neurons);
    }
    double[] without = new double[groups.length];
    for (int left = 0; left < groups.length; left++) {
      int[] times = once.clone();
      times[left] = 0;
      without[left] = rho(groups, times, neurons);
    }
    return new TwinResampled(rho(groups, once, neurons), resamples, without);
  }

  /** The mean of neurons' rho on groups of images, each counted some times. */
  private static double rho(double[][][] groups, int[] times, int[] neurons) {
    double[] values = new double[neurons.length];
    for (int m = 0; m < neurons.length; m++) {
      double[] s = new double[6];
      for (int g = 0; g < groups.length; g++) {
        for (int i = 0; i < s.length && times[g] > 0; i++) {
          s[i] += times[g] * groups[g][neurons[m]][i];
        }
      }
      double tt = s[3] - s[1] * s[1] / s[0];
      double tp = s[4] - s[1] * s[2] / s[0];
      double pp = s[5] - s[2] * s[2] / s[0];
      // An image drawn again and again is no variance, but leaves rounding.
      boolean varies = tt > 1e-12 * s[3] && pp > 1e-12 * s[5];
      values[m] = varies ? 1 - tp / Math.sqrt(tt * pp) : Double.NaN;
    }
    return Arrays.stream(values).filter(v -> !Double.isNaN(v)).average().orElse(Double.NaN);
  }

  TwinResampled minus(TwinResampled other) {
    return new TwinResampled(
        mean - other.mean, minus(resamples, other.resamples), minus(without, other.without));
  }

  static double[] minus(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
  }

  /**
   * The BCa interval: where a resample equals the mean but for rounding, either side of it moves
   * the ends from one resample to the next.
   */
  TwinTable.Between[] ends(double level) {
    double[][] all =
        DoubleStream.of(mean - SIGN, mean, mean + SIGN)
            .mapToObj(m -> NaiveStatistics.bca(m, resamples, without, level))
            .toArray(double[][]::new);
    return IntStream.range(0, 2)
        .mapToObj(end -> around(Stream.of(all).mapToDouble(ends -> ends[end]).toArray()))
        .toArray(TwinTable.Between[]::new);
  }

  /** Of numbers as small as rounding only the one in the middle is an end. */
  private static TwinTable.Between around(double[] ends) {
    return TwinTable.Between.around(
        Double.isNaN(ends[1])
            ? new double[] {Double.NaN}
            : Arrays.stream(ends).filter(end -> !Double.isNaN(end)).toArray());
  }

  /** Whether all resamples are the same. */
  boolean isConstant() {
    return Arrays.stream(resamples).distinct().count() == 1;
  }

  /** Twice the share of resamples on the rarer side of 0. */
  TwinTable.Between p() {
    long below = Arrays.stream(resamples).filter(d -> d <= SIGN).count();
    long surelyBelow = Arrays.stream(resamples).filter(d -> d < -SIGN).count();
    long above = Arrays.stream(resamples).filter(d -> d >= -SIGN).count();
    long surelyAbove = Arrays.stream(resamples).filter(d -> d > SIGN).count();
    double n = resamples.length + 1;
    return new TwinTable.Between(
        Math.min(1, 2 * (Math.min(surelyBelow, surelyAbove) + 1) / n) - 1e-12,
        Math.min(1, 2 * (Math.min(below, above) + 1) / n) + 1e-12);
  }
}
