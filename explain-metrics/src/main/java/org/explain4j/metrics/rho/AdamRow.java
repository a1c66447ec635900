package org.explain4j.metrics.rho;

/**
 * ADAM's arithmetic for one neuron of fan-in d: plain loops over arrays that are in the processor's
 * cache. The compiler makes vector instructions of loops that write one array each, which is five
 * times as fast as one loop for all.
 */
final class AdamRow {
  private static final float KEEP_MEAN = 0.9f;
  private static final float KEEP_SQUARE = 0.999f;
  private static final float LEAST = 1e-8f;

  /** Numbers that are added up one by one. */
  private static final int SHORT = 32;

  final float[] vector; // v
  final float[] mean; // of the gradient
  final float[] square;
  final float[] gradient;
  final float[] positive; // a+
  final float[] negative; // a-, unless it is a+
  final float[] inverse; // 1 / sd of the residual's inputs
  boolean linear; // whether a- is a+
  private final float[] products;
  private final float[] upper; // half of them

  AdamRow(int d) {
    vector = new float[d];
    mean = new float[d];
    square = new float[d];
    gradient = new float[d];
    positive = new float[d];
    negative = new float[d];
    inverse = new float[d];
    products = new float[d];
    upper = new float[d / 2];
  }

  /** The rate that makes up for moments that began at 0 (Kingma and Ba, section 2). */
  static double corrected(double rate, int step) {
    return rate * Math.sqrt(1 - Math.pow(KEEP_SQUARE, step)) / (1 - Math.pow(KEEP_MEAN, step));
  }

  /**
   * Takes a step.
   *
   * @param plus what a+ is subtracted from the gradient with: the sum of z+ times the error
   * @param minus the same of a-
   * @param factor of the gradient, a mean over samples
   * @param rate corrected
   */
  void step(float plus, float minus, float factor, float rate) {
    slope(plus, minus, factor);
    average();
    descend(rate);
  }

  private void slope(float plus, float minus, float factor) {
    float[] g = gradient;
    float[] above = positive;
    float[] below = negative;
    float[] scale = inverse;
    if (linear) {
      float both = plus + minus;
      for (int i = 0; i < g.length; i++) {
        g[i] = (g[i] - both * above[i]) * scale[i] * factor;
      }
      return;
    }
    for (int i = 0; i < g.length; i++) {
      g[i] = (g[i] - plus * above[i] - minus * below[i]) * scale[i] * factor;
    }
  }

  private void average() {
    float[] g = gradient;
    float[] m = mean;
    for (int i = 0; i < m.length; i++) {
      m[i] = KEEP_MEAN * m[i] + (1 - KEEP_MEAN) * g[i];
    }
    float[] s = square;
    for (int i = 0; i < s.length; i++) {
      s[i] = KEEP_SQUARE * s[i] + (1 - KEEP_SQUARE) * g[i] * g[i];
    }
  }

  private void descend(float rate) {
    float[] v = vector;
    float[] m = mean;
    float[] s = square;
    float[] scale = inverse;
    for (int i = 0; i < v.length; i++) {
      v[i] -= rate * m[i] * scale[i] / ((float) Math.sqrt(s[i]) + LEAST);
    }
  }

  /** a+ . v. */
  float alongPositive() {
    return dot(positive);
  }

  /** a- . v, where a- is not a+. */
  float alongNegative() {
    return dot(negative);
  }

  /**
   * The inner product with v. Sums in one number, and those of numbers from two places of an array,
   * are not made vector instructions of; so halves are copied and added up.
   */
  private float dot(float[] pattern) {
    float[] v = vector;
    float[] sum = products;
    for (int i = 0; i < v.length; i++) {
      sum[i] = pattern[i] * v[i];
    }
    int n = v.length;
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
