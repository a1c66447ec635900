package org.explain4j.metrics.rho;

/**
 * Inner products of vectors of one length, for one thread. Sums in one number, and those of numbers
 * from two places of an array, are not made vector instructions of; so halves are copied and added
 * up.
 */
final class InnerProduct {
  /** Numbers that are added up one by one. */
  private static final int SHORT = 32;

  private final float[] products;
  private final float[] upper; // half of them

  InnerProduct(int length) {
    products = new float[length];
    upper = new float[length / 2];
  }

  float of(float[] a, float[] b) {
    float[] sum = products;
    for (int i = 0; i < sum.length; i++) {
      sum[i] = a[i] * b[i];
    }
    int n = sum.length;
    while (n > SHORT) {
      int half = n / 2;
      n -= half;
      System.arraycopy(sum, n, upper, 0, half);
      add(sum, upper, half);
    }
    float total = 0;
    for (int i = 0; i < n; i++) {
      total += sum[i];
    }
    return total;
  }

  private static void add(float[] to, float[] from, int count) {
    for (int i = 0; i < count; i++) {
      to[i] += from[i];
    }
  }
}
