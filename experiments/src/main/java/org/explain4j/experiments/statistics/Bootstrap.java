package org.explain4j.experiments.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.explain4j.reports.runs.Band;

/**
 * Percentile bootstrap of means (Efron, 1979), over images or over the neurons of a layer.
 *
 * @param resamples number of resamples
 * @param seed at least 1
 */
public record Bootstrap(int resamples, long seed) {

  /** 1,000 resamples. */
  public Bootstrap(long seed) {
    this(1000, seed);
  }

  public Bootstrap {
    if (resamples < 1 || seed < 1) {
      throw new IllegalArgumentException(
          "Resamples (%d) and seed (%d) must be at least 1.".formatted(resamples, seed));
    }
  }

  /**
   * The 95 % band of the mean of values; NaN values are left out.
   *
   * @return NaN throughout if there is no value
   */
  public Band mean(double[] values) {
    double[] present = Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
    return means(
        Arrays.stream(present).mapToObj(v -> new double[] {v}).toArray(double[][]::new), 1)[0];
  }

  /**
   * The 95 % band of each point's mean; the images are resampled whole.
   *
   * @param values {@code [image][point]}
   */
  public Band[] means(double[][] values, int points) {
    Band[] bands = new Band[points];
    if (values.length == 0) {
      Arrays.fill(bands, new Band(Double.NaN, Double.NaN, Double.NaN));
      return bands;
    }
    double[][] means = new double[points][resamples];
    SplittableRandom random = new SplittableRandom(seed);
    for (int resample = 0; resample < resamples; resample++) {
      for (int i = 0; i < values.length; i++) {
        double[] image = values[random.nextInt(values.length)];
        for (int point = 0; point < points; point++) {
          means[point][resample] += image[point] / values.length;
        }
      }
    }
    for (int point = 0; point < points; point++) {
      bands[point] = band(column(values, point), means[point]);
    }
    return bands;
  }

  /**
   * The mean of values, with the 95 % band of another sample: of the values' means, or of seeds.
   */
  public static Band band(double[] values, double[] distribution) {
    Percentile percentile = new Percentile();
    percentile.setData(distribution);
    return new Band(StatUtils.mean(values), percentile.evaluate(2.5), percentile.evaluate(97.5));
  }

  /** One point of every image. */
  public static double[] column(double[][] values, int point) {
    return Arrays.stream(values).mapToDouble(image -> image[point]).toArray();
  }
}
