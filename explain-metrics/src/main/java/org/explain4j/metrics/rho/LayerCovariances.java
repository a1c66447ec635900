package org.explain4j.metrics.rho;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.explain4j.api.RegressionTarget;
import org.explain4j.network.arrays.Products;
import org.explain4j.network.moments.LayerMoments;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One split's covariances of a layer, from its moments; float64.
 *
 * <p>With {@code G} = cov of (z+,z-), {@code g} = cov of (z+,z-) with i and {@code A = [a+ a-]},
 * the residual's covariance with the target is, for {@link RegressionTarget#PRE} (t = y), {@code c+
 * + c- - A G (1,1)'} and, for {@link RegressionTarget#POST} (t = max(y,0) = z+ + b i), {@code c+ +
 * b ci - A (G (1,0)' + b g)}.
 */
final class LayerCovariances implements AutoCloseable {
  /** Inputs of a layer whose Sigma is worth a copy in float32 (16 MiB). */
  private static final int NARROW = 2048;

  private final LayerMoments moments;
  private final UnaryOperator<INDArray> timesSigma;
  private final INDArray meanX;
  private final double[] bias;
  private final double[] meanPositive;
  private final double[] meanNegative;
  private final double[] rate;
  private final double[] squarePositive;
  private final double[] squareNegative;
  private INDArray rough; // Sigma in float32, once it was asked for

  LayerCovariances(LayerMoments moments) {
    this(moments, moments::timesSigma);
  }

  /**
   * @param timesSigma rows times Sigma, where the moments have it no longer
   */
  LayerCovariances(LayerMoments moments, UnaryOperator<INDArray> timesSigma) {
    this.moments = moments;
    this.timesSigma = timesSigma;
    meanX = moments.meanX();
    bias = moments.bias().toDoubleVector();
    meanPositive = moments.meanPositive().toDoubleVector();
    meanNegative = moments.meanNegative().toDoubleVector();
    rate = moments.active().toDoubleVector();
    squarePositive = moments.meanPositiveSquare().toDoubleVector();
    squareNegative = moments.meanNegativeSquare().toDoubleVector();
  }

  private INDArray centred(INDArray products, double[] means, int from) {
    int to = from + (int) products.size(0);
    try (INDArray some = Nd4j.createFromArray(Arrays.copyOfRange(means, from, to)).negi()) {
      INDArray column = some.reshape(some.length(), 1);
      INDArray row = meanX.reshape(1, meanX.length());
      Products.multiply(column, row, Products.Transposed.NONE, products, 1);
    }
    return products;
  }

  /** The variances of x, {@code [d]}. */
  INDArray variances() {
    return moments.varianceX();
  }

  /** Rows times cov[x,x], {@code [m,d]}. */
  INDArray timesSigma(INDArray rows) {
    return NeuronRows.productOf(rows, timesSigma);
  }

  /**
   * Likewise in float32, at a quarter of the time, if the layer is narrow; for estimates. The copy
   * of Sigma that this takes is kept until it is closed.
   */
  INDArray roughlyTimesSigma(INDArray rows) {
    if (rows.size(1) > NARROW || !moments.hasCovariance()) {
      return timesSigma(rows);
    }
    INDArray sigma = rough();
    return NeuronRows.productOf(rows, some -> product(some, sigma));
  }

  private static INDArray product(INDArray rows, INDArray sigma) {
    try (INDArray single = rows.castTo(DataType.FLOAT);
        INDArray product = Nd4j.createUninitialized(DataType.FLOAT, rows.shape(), 'c')) {
      Products.multiply(single, sigma, Products.Transposed.NONE, product, 0);
      return product.castTo(DataType.DOUBLE);
    }
  }

  private synchronized INDArray rough() {
    if (rough == null) {
      rough = moments.roughSigma();
    }
    return rough;
  }

  @Override
  public synchronized void close() {
    if (rough != null) {
      rough.close();
      rough = null;
    }
  }

  /** c+ = cov[x,z+] of some neurons, {@code [to-from,d]}. */
  INDArray positive(int from, int to) {
    return centred(moments.meanXPositive(from, to), meanPositive, from);
  }

  /** c- = cov[x,z-] of some neurons, {@code [to-from,d]}. */
  INDArray negative(int from, int to) {
    return centred(moments.meanXNegative(from, to), meanNegative, from);
  }

  /** ci = cov[x,i] of some neurons, {@code [to-from,d]}. */
  INDArray active(int from, int to) {
    return centred(moments.meanXActive(from, to), rate, from);
  }

  /** Inner products of rows {@code [m,d]} with c+, c- and ci, {@code [3][m]}; without copies. */
  double[][] inner(INDArray rows, int from) {
    int to = from + (int) rows.size(0);
    double[] along;
    try (INDArray product = rows.mmul(meanX.reshape(meanX.length(), 1))) {
      along = product.reshape(product.length()).toDoubleVector();
    }
    double[][] means = {meanPositive, meanNegative, rate};
    INDArray[] sums = moments.productSums();
    double[][] inner = new double[sums.length][];
    for (int a = 0; a < sums.length; a++) {
      inner[a] = NeuronRows.dot(rows, NeuronRows.view(sums[a], from, to));
      for (int m = 0; m < along.length; m++) {
        inner[a][m] = inner[a][m] / moments.count() - along[m] * means[a][from + m];
      }
    }
    return inner;
  }

  int neurons() {
    return bias.length;
  }

  /** Whether y > 0 occurs. */
  boolean occupiesPositive(int j) {
    return rate[j] > 0;
  }

  /** Whether y <= 0 occurs. */
  boolean occupiesNegative(int j) {
    return rate[j] < 1;
  }

  double varPositive(int j) {
    return squarePositive[j] - meanPositive[j] * meanPositive[j];
  }

  double varNegative(int j) {
    return squareNegative[j] - meanNegative[j] * meanNegative[j];
  }

  /** cov[z+,z-]; their product is always 0. */
  double crossing(int j) {
    return -meanPositive[j] * meanNegative[j];
  }

  private double positiveWithActive(int j) {
    return meanPositive[j] * (1 - rate[j]);
  }

  private double negativeWithActive(int j) {
    return -meanNegative[j] * rate[j];
  }

  /**
   * cov[d^,t] as a combination of a+, a-, c+, c-, ci.
   *
   * @return their five coefficients
   */
  double[] combination(int j, RegressionTarget target) {
    double b = bias[j];
    return switch (target) {
      case PRE ->
          new double[] {-varPositive(j) - crossing(j), -crossing(j) - varNegative(j), 1, 1, 0};
      case POST ->
          new double[] {
            -varPositive(j) - b * positiveWithActive(j),
            -crossing(j) - b * negativeWithActive(j),
            1,
            0,
            b
          };
    };
  }

  /** var t; exactly 0 where the target is constant up to rounding. */
  double varTarget(int j, RegressionTarget target) {
    double b = bias[j];
    double square;
    double mean;
    if (target == RegressionTarget.PRE) {
      mean = meanPositive[j] + meanNegative[j] + b;
      square =
          squarePositive[j]
              + squareNegative[j]
              + 2 * b * (meanPositive[j] + meanNegative[j])
              + b * b;
    } else {
      mean = meanPositive[j] + b * rate[j];
      square = squarePositive[j] + 2 * b * meanPositive[j] + b * b * rate[j];
    }
    double variance = square - mean * mean;
    return variance > 1e-12 * square ? variance : 0;
  }
}
