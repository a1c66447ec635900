package org.explain4j.reports.runs;

/**
 * A mean and its interval; NaN where there is none.
 *
 * @param low 2.5 % of the distribution
 * @param high 97.5 % of the distribution
 */
public record Band(double mean, double low, double high) {

  /** Whether both ends are known. */
  public boolean hasEnds() {
    return !Double.isNaN(low) && !Double.isNaN(high);
  }
}
