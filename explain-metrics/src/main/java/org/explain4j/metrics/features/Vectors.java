package org.explain4j.metrics.features;

import java.util.Arrays;

/** Arithmetic of maps and pictures as Java numbers. */
public final class Vectors {
  private Vectors() {}

  public static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** The Euclidean norm. */
  public static double norm(double... a) {
    return Math.sqrt(dot(a, a));
  }

  /** The Euclidean norm of the difference. */
  public static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }

  /** The sum of the absolute differences. */
  public static double manhattan(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs(a[i] - b[i]);
    }
    return sum;
  }

  /** A quotient that is missing (NaN) where the denominator is 0. */
  public static double quotient(double numerator, double denominator) {
    return denominator == 0 ? Double.NaN : numerator / denominator;
  }

  /** The mean of the values that are not missing; missing (NaN) if all are. */
  public static double meanOfKnown(double... values) {
    return Arrays.stream(values).filter(v -> !Double.isNaN(v)).average().orElse(Double.NaN);
  }

  /** The largest of the values that are not missing; missing (NaN) if all are. */
  public static double largestOfKnown(double... values) {
    return Arrays.stream(values).filter(v -> !Double.isNaN(v)).max().orElse(Double.NaN);
  }
}
