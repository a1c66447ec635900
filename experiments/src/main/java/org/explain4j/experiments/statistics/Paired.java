package org.explain4j.experiments.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.inference.WilcoxonSignedRankTest;
import org.explain4j.reports.runs.Band;

/**
 * Two methods on the same images.
 *
 * @param difference mean of a minus b with its bootstrap band
 * @param pValue of the Wilcoxon signed-rank test, two-sided; images without a difference are left
 *     out, as Wilcoxon did; 1 if none is left
 * @param images at which both have a value
 */
public record Paired(Band difference, double pValue, int images) {
  /** Up to this many differences the exact distribution is enumerated. */
  private static final int EXACT = 15;

  /** Compares values of the same images in the same order; NaN on either side leaves one out. */
  public static Paired of(double[] a, double[] b, Bootstrap bootstrap) {
    double[] differences =
        IntStream.range(0, a.length)
            .mapToDouble(i -> a[i] - b[i])
            .filter(d -> !Double.isNaN(d))
            .toArray();
    double[] nonZero = Arrays.stream(differences).filter(d -> d != 0).toArray();
    double p =
        nonZero.length == 0
            ? 1
            : new WilcoxonSignedRankTest()
                .wilcoxonSignedRankTest(
                    nonZero, new double[nonZero.length], nonZero.length <= EXACT);
    return new Paired(bootstrap.mean(differences), Math.min(1, p), differences.length);
  }
}
