package org.explain4j.experiments.statistics;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.explain4j.network.arrays.Workers;

/**
 * Means with bootstrap intervals, over images, seeds, or the neurons of a layer.
 *
 * @param resamples number of resamples, at least 100
 * @param seed at least 1; the same seed draws the same images, whatever is measured on them
 */
public record Bootstrap(int resamples, long seed) {
  private static final double LEVEL = 0.95;

  /** 2,000 resamples, the number that Efron uses for intervals. */
  public Bootstrap(long seed) {
    this(2000, seed);
  }

  public Bootstrap {
    if (resamples < 100 || seed < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Resamples (%d) must be at least 100 and the seed (%d) at least 1.",
              resamples,
              seed));
    }
  }

  /** The mean of values; NaN values are left out and counted. */
  public Estimate mean(double[] values) {
    double[] present = Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
    int missing = values.length - present.length;
    return present.length == 0
        ? new Estimate(Double.NaN, Optional.empty(), 0, missing)
        : estimate(bca(present), missing);
  }

  /**
   * The mean of each point of curves; whole images are resampled.
   *
   * @param values {@code [image][point]}
   */
  public Estimate[] means(double[][] values, int points) {
    double[][] columns =
        IntStream.range(0, points).mapToObj(p -> column(values, p)).toArray(double[][]::new);
    boolean complete =
        Arrays.stream(columns).flatMapToDouble(Arrays::stream).noneMatch(Double::isNaN);
    return complete
        ? Arrays.stream(bca(columns)).map(bca -> estimate(bca, 0)).toArray(Estimate[]::new)
        : Arrays.stream(columns).map(this::mean).toArray(Estimate[]::new);
  }

  /** A mean with its interval. */
  static Estimate estimate(Bca bca, int missing) {
    return new Estimate(bca.estimate(), bca.interval(LEVEL), bca.jackknife().length, missing);
  }

  /** The mean of at least one number, with its resamples and its jackknife. */
  Bca bca(double[] values) {
    return bca(new double[][] {values})[0];
  }

  /** Of several numbers of each image, {@code [number][image]}; all see the same resamples. */
  private Bca[] bca(double[][] columns) {
    int n = columns[0].length;
    double[][] means = new double[columns.length][resamples];
    int parts = Math.min(columns.length, Workers.threads()); // each draws all resamples
    Workers.forEach(
        parts,
        part ->
            resample(
                columns,
                columns.length * part / parts,
                columns.length * (part + 1) / parts,
                means));
    Bca[] all = new Bca[columns.length];
    for (int c = 0; c < all.length; c++) {
      double sum = Arrays.stream(columns[c]).sum();
      double[] without = Arrays.stream(columns[c]).map(v -> (sum - v) / (n - 1)).toArray();
      all[c] = new Bca(sum / n, means[c], without);
    }
    return all;
  }

  /** The means of some numbers on all resamples, which are drawn anew. */
  private void resample(double[][] columns, int from, int to, double[][] means) {
    int n = columns[0].length;
    SplittableRandom random = new SplittableRandom(seed);
    double[] times = new double[n];
    for (int resample = 0; resample < resamples; resample++) {
      Arrays.fill(times, 0);
      for (int i = 0; i < n; i++) {
        times[random.nextInt(n)]++;
      }
      for (int c = from; c < to; c++) {
        means[c][resample] = product(times, columns[c]) / n;
      }
    }
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** One point of every image. */
  public static double[] column(double[][] values, int point) {
    return Arrays.stream(values).mapToDouble(image -> image[point]).toArray();
  }
}
