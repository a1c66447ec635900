package org.explain4j.experiments.statistics;

import org.apache.commons.statistics.descriptive.Quantile;

/**
 * Quantiles by linear interpolation between order statistics, as in numpy (Hyndman and Fan 1996,
 * definition 7).
 */
public final class Quantiles {
  private static final Quantile QUANTILE =
      Quantile.withDefaults().withCopy(true).with(Quantile.EstimationMethod.HF7);

  private Quantiles() {}

  /**
   * @param p between 0 and 1
   * @return NaN if there is no value
   */
  public static double of(double[] values, double p) {
    return QUANTILE.evaluate(values, p);
  }

  /** Several at once. */
  static double[] of(double[] values, double[] p) {
    return QUANTILE.evaluate(values, p);
  }
}
