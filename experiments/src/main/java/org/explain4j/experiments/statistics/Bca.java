package org.explain4j.experiments.statistics;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.explain4j.reports.runs.Verdict;

/**
 * Bias-corrected and accelerated bootstrap intervals (Efron 1987, "Better bootstrap confidence
 * intervals", JASA 82), of any statistic whose resamples and jackknife are known.
 *
 * @param estimate the statistic of the sample
 * @param resamples the statistic of each bootstrap resample
 * @param jackknife the statistic of the sample without each of its values, or without each of its
 *     clusters where these were resampled
 */
public record Bca(double estimate, double[] resamples, double[] jackknife) {
  private static final double ROUNDING = 1e-12;
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /**
   * The interval at a level.
   *
   * @param level such as 0.95
   * @return empty if there are fewer than {@value Verdict#FEWEST_IMAGES} values, if leaving one out
   *     never changes the statistic (all values are the same), or if all resamples lie on one side
   *     of the estimate
   */
  public Optional<Interval> interval(double level) {
    double below = share(resamples, estimate);
    double acceleration = acceleration();
    if (jackknife.length < Verdict.FEWEST_IMAGES
        || below <= 0
        || below >= 1
        || Double.isNaN(acceleration)) {
      return Optional.empty();
    }
    double bias = NORMAL.inverseCumulativeProbability(below);
    double low = shifted(bias, acceleration, (1 - level) / 2);
    double high = shifted(bias, acceleration, (1 + level) / 2);
    if (!(low < high)) { // near the correction's pole: it is meant for moderate skewness
      return Optional.empty();
    }
    double[] ends = Quantiles.of(resamples, new double[] {low, high});
    return Optional.of(new Interval(ends[0], ends[1]));
  }

  /**
   * The part of the resamples below the estimate; those equal to it, but for rounding, count half.
   */
  private static double share(double[] resamples, double estimate) {
    double largest = Arrays.stream(resamples).map(Math::abs).max().orElse(0);
    double rounding = ROUNDING * Math.max(largest, Math.abs(estimate));
    double below = 0;
    for (double resample : resamples) {
      double distance = estimate - resample;
      below += distance > rounding ? 1 : distance >= -rounding ? 0.5 : 0;
    }
    return below / resamples.length;
  }

  /** A sixth of the skewness of the jackknife's influences; NaN if there are none. */
  private double acceleration() {
    double mean = Mean.of(jackknife).getAsDouble();
    double squares = 0;
    double cubes = 0;
    for (double value : jackknife) {
      double influence = mean - value;
      squares += influence * influence;
      cubes += influence * influence * influence;
    }
    boolean constant = Arrays.stream(jackknife).allMatch(value -> value == jackknife[0]);
    return constant ? Double.NaN : cubes / (6 * Math.pow(squares, 1.5));
  }

  private static double shifted(double bias, double acceleration, double p) {
    double z = bias + NORMAL.inverseCumulativeProbability(p);
    return NORMAL.cumulativeProbability(bias + z / (1 - acceleration * z));
  }
}
