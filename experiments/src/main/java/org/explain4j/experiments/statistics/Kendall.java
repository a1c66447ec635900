package org.explain4j.experiments.statistics;

import java.util.Locale;

/** Agreement of two orders (Kendall 1945, Biometrika 33: tau-b, which allows for ties). */
public final class Kendall {
  private Kendall() {}

  /**
   * @param a one number for each item; equal ones are tied
   * @param b likewise, as many
   * @return between -1 and 1; NaN if all of one are tied or there are fewer than two
   */
  public static double tau(double[] a, double[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d and %d numbers are not of the same items.", a.length, b.length));
    }
    long agreement = 0;
    long untiedA = 0;
    long untiedB = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < i; j++) {
        int signA = Double.compare(a[i], a[j]);
        int signB = Double.compare(b[i], b[j]);
        agreement += (long) signA * signB;
        untiedA += Math.abs(signA);
        untiedB += Math.abs(signB);
      }
    }
    return agreement / Math.sqrt((double) untiedA * untiedB);
  }
}
