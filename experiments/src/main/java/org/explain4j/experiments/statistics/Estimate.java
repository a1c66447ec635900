package org.explain4j.experiments.statistics;

import java.util.Optional;
import org.explain4j.reports.runs.Band;

/**
 * A mean and its interval.
 *
 * @param mean NaN if n is 0
 * @param interval at 95 %; empty where the values do not give one: see {@link Bca#interval}
 * @param n number of values that the mean is taken over
 * @param missing number of values that were NaN and left out
 */
public record Estimate(double mean, Optional<Interval> interval, int n, int missing) {

  /** The form for tables. */
  public Band band() {
    return new Band(mean, low(), high());
  }

  /** The lower end, NaN if there is no interval. */
  public double low() {
    return interval.map(Interval::low).orElse(Double.NaN);
  }

  /** The upper end, NaN if there is no interval. */
  public double high() {
    return interval.map(Interval::high).orElse(Double.NaN);
  }
}
