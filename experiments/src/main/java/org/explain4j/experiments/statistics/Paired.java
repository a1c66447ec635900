package org.explain4j.experiments.statistics;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.explain4j.reports.runs.Verdict;

/**
 * Two methods on the same images, or two estimators on the same resamples of images.
 *
 * @param difference a minus b: mean with its interval
 * @param inner the 90 % interval, which decides whether it is a tie
 * @param pValue two-sided, not corrected; empty if there are fewer than {@value
 *     Verdict#FEWEST_IMAGES} images
 * @param effect matched rank-biserial correlation, positive where a is larger; empty where there is
 *     no value per image
 */
public record Paired(
    Estimate difference, Optional<Interval> inner, OptionalDouble pValue, OptionalDouble effect) {
  private static final double INNER = 0.90;
  private static final double OUTER = 0.95;

  /**
   * Compares values of the same images in the same order by the Wilcoxon signed-rank test. An image
   * for which either is NaN is left out and counted as missing.
   */
  public static Paired of(double[] a, double[] b, Bootstrap bootstrap) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Cannot pair %d values with %d.", a.length, b.length));
    }
    double[] all = IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
    double[] present = Arrays.stream(all).filter(d -> !Double.isNaN(d)).toArray();
    if (present.length == 0) {
      return untested(new Estimate(Double.NaN, Optional.empty(), 0, all.length));
    }
    Bca bca = bootstrap.bca(present);
    Estimate difference = Bootstrap.estimate(bca, all.length - present.length);
    if (present.length < Verdict.FEWEST_IMAGES) {
      return untested(difference);
    }
    SignedRanks ranks = SignedRanks.of(present);
    return new Paired(
        difference,
        constant(present) ? degenerate(present[0]) : bca.interval(INNER),
        OptionalDouble.of(ranks.pValue()),
        OptionalDouble.of(ranks.effect()));
  }

  private static Paired untested(Estimate difference) {
    return new Paired(difference, Optional.empty(), OptionalDouble.empty(), OptionalDouble.empty());
  }

  /**
   * Compares two statistics that are not means of a value per image, such as rho, from the
   * bootstrap distribution of their difference: p is the level at which the percentile interval
   * reaches 0.
   *
   * @param difference with its resamples and jackknife
   * @param missing images that were left out
   */
  public static Paired ofResamples(Bca difference, int missing) {
    int images = difference.jackknife().length;
    Estimate estimate =
        new Estimate(difference.estimate(), difference.interval(OUTER), images, missing);
    OptionalDouble p =
        images < Verdict.FEWEST_IMAGES
            ? OptionalDouble.empty()
            : OptionalDouble.of(reached(difference.resamples()));
    Optional<Interval> inner =
        images >= Verdict.FEWEST_IMAGES && constant(difference.resamples())
            ? degenerate(difference.estimate())
            : difference.interval(INNER);
    return new Paired(estimate, inner, p, OptionalDouble.empty());
  }

  /**
   * Matched rank-biserial correlation of paired differences, positive where most are; NaN if there
   * are none.
   */
  public static double effect(double[] differences) {
    return differences.length == 0 ? Double.NaN : SignedRanks.of(differences).effect();
  }

  /** Twice the share of resamples on the rarer side of 0, which is never quite 0. */
  private static double reached(double[] resamples) {
    long below = Arrays.stream(resamples).filter(d -> d <= 0).count();
    long above = Arrays.stream(resamples).filter(d -> d >= 0).count();
    return Math.min(1, 2.0 * (Math.min(below, above) + 1) / (resamples.length + 1));
  }

  /**
   * Methods that always differ by the same amount do so on other images, too, as far as these show.
   */
  private static Optional<Interval> degenerate(double value) {
    return Optional.of(new Interval(value, value));
  }

  private static boolean constant(double[] values) {
    return Arrays.stream(values).allMatch(value -> value == values[0]);
  }
}
