package org.explain4j.experiments.stages;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Means over split A from which every pattern follows by its definition: of y and r = max(y,0), and
 * over each regime of x, xy and its share of the samples.
 */
final class TwinPatterns {
  /** A denominator that is less than this of its scale is rounding. */
  private static final double VANISHING = 1e-8;

  private final double[][] w;
  private final double[] bias;
  private final INDArray weights;
  private final double[][][] x; // [regime][k][d], sums
  private final double[][][] xy;
  private final double[][] y; // [regime][k]
  private final double[][] yy;
  private final double[][] count;

  /** Index of y &gt; 0, and of y &lt;= 0. */
  static final int POSITIVE = 0;

  static final int NEGATIVE = 1;

  TwinPatterns(TwinSamples samples, String layer) {
    w = samples.weights(layer);
    bias = samples.layer(layer).bias().toDoubleVector();
    x = new double[2][w.length][w[0].length];
    xy = new double[2][w.length][w[0].length];
    y = new double[2][w.length];
    yy = new double[2][w.length];
    count = new double[2][w.length];
    weights = Nd4j.createFromArray(w);
  }

  /** Adds samples, {@code [n,d]}. */
  void add(INDArray samples) {
    try (INDArray z = samples.mmul(weights.transpose());
        INDArray output = z.addRowVector(Nd4j.createFromArray(bias))) {
      double[] all = output.dup('c').data().asDouble(); // by neuron within a sample
      for (int regime = 0; regime < 2; regime++) {
        double[] on = new double[all.length];
        double[] outputs = new double[all.length];
        for (int i = 0; i < all.length; i++) {
          int j = i % w.length;
          boolean here = all[i] > 0 == (regime == POSITIVE);
          on[i] = here ? 1 : 0;
          outputs[i] = here ? all[i] : 0;
          count[regime][j] += on[i];
          y[regime][j] += outputs[i];
          yy[regime][j] += outputs[i] * outputs[i];
        }
        products(on, samples, x[regime]);
        products(outputs, samples, xy[regime]);
      }
    }
  }

  private static void products(double[] left, INDArray samples, double[][] sums) {
    long n = samples.size(0);
    try (INDArray rows = Nd4j.createFromArray(left).reshape('c', n, sums.length);
        INDArray product = rows.transpose().mmul(samples)) {
      double[][] added = product.toDoubleMatrix();
      for (int j = 0; j < sums.length; j++) {
        for (int i = 0; i < sums[j].length; i++) {
          sums[j][i] += added[j][i];
        }
      }
    }
  }

  /**
   * E[xt] - E[x] E[t] over all samples or a regime, t = y or r; E[t] is over all samples. Of r
   * where y &lt;= 0, E[x].
   */
  private double[] direction(MadeOf made, int regime, int j) {
    if (made.kind() == Kind.REGIMES && made.post() && regime == NEGATIVE) {
      return Arrays.stream(x[regime][j]).map(sum -> sum / count[regime][j]).toArray();
    }
    double n = count[0][j] + count[1][j];
    double mean = (y[0][j] + (made.post() ? 0 : y[1][j])) / n;
    double[] a = new double[w[j].length];
    for (int r = 0; r < 2; r++) {
      for (int i = 0; i < a.length && (made.kind() == Kind.LINEAR || r == regime); i++) {
        double products = made.post() && r == NEGATIVE ? 0 : xy[r][j][i];
        a[i] += (products - x[r][j][i] * mean) / n;
      }
    }
    return a;
  }

  /** Where a pattern comes from. */
  enum Kind {
    GIVEN,
    LINEAR,
    REGIMES
  }

  /** An estimator: where its patterns come from, and whether r is fitted in place of y. */
  record MadeOf(Kind kind, boolean post) {}

  /** What became of a pattern, in the words of the columns of patterns.csv. */
  String state(MadeOf made, int regime, int j, double[] given) {
    if (made.kind() == Kind.REGIMES && count[regime][j] == 0) {
      return "unoccupied";
    }
    boolean zero = Arrays.stream(pattern(made, regime, j, given)).allMatch(a -> a == 0);
    return zero ? "vanishing" : "fitted";
  }

  /**
   * The pattern of a neuron, 0 where it has none.
   *
   * @param given the direction of an estimator that uses no data
   */
  double[] pattern(MadeOf made, int regime, int j, double[] given) {
    double[] a = made.kind() == Kind.GIVEN ? given : direction(made, regime, j);
    double length = dot(a, w[j]);
    double scale = made.kind() == Kind.GIVEN ? Math.sqrt(dot(a, a) * dot(w[j], w[j])) : variance(j);
    boolean fits = Math.abs(length) > VANISHING * scale;
    return Arrays.stream(a).map(x -> fits ? x / length : 0).toArray();
  }

  /** Of y; infinite where y is constant, as then no direction is more than rounding. */
  private double variance(int j) {
    double n = count[0][j] + count[1][j];
    double mean = (y[0][j] + y[1][j]) / n;
    double square = (yy[0][j] + yy[1][j]) / n;
    double variance = square - mean * mean;
    return variance > 1e-12 * square ? variance : Double.POSITIVE_INFINITY;
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
