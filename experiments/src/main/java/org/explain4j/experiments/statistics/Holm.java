package org.explain4j.experiments.statistics;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/** Correction of p-values for their number (Holm 1979, Scand. J. Statist. 6). */
public final class Holm {
  private Holm() {}

  /**
   * The p-values of one family of questions, adjusted: comparing them with 5 % keeps the chance of
   * any false finding in the family below 5 %, however the tests depend on each other.
   *
   * @param pValues between 0 and 1
   * @return in the order given, at most 1
   */
  public static double[] adjust(double[] pValues) {
    int[] order =
        IntStream.range(0, pValues.length)
            .boxed()
            .sorted((i, j) -> Double.compare(pValues[i], pValues[j]))
            .mapToInt(i -> i)
            .toArray();
    double[] adjusted = new double[pValues.length];
    double largest = 0;
    for (int rank = 0; rank < order.length; rank++) {
      double p = pValues[order[rank]];
      if (!(p >= 0 && p <= 1)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "%s among %s is not a p-value.", p, Arrays.toString(pValues)));
      }
      largest = Math.max(largest, Math.min(1, (order.length - rank) * p));
      adjusted[order[rank]] = largest;
    }
    return adjusted;
  }
}
