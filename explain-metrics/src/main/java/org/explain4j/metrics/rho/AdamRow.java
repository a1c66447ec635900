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

  final float[] vector; // v
  final float[] mean; // of the gradient
  final float[] square;
  final float[] gradient;
  final float[] positive; // a+
  final float[] negative; // a-, unless it is a+
  final float[] inverse; // 1 / sd of the residual's inputs
  boolean linear; // whether a- is a+
  private final InnerProduct inner;

  AdamRow(int d) {
    vector = new float[d];
    mean = new float[d];
    square = new float[d];
    gradient = new float[d];
    positive = new float[d];
    negative = new float[d];
    inverse = new float[d];
    inner = new InnerProduct(d);
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
    return inner.of(vector, positive);
  }

  /** a- . v, where a- is not a+. */
  float alongNegative() {
    return inner.of(vector, negative);
  }
}
