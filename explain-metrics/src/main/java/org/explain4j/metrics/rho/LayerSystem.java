package org.explain4j.metrics.rho;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.moments.LayerData;
import org.explain4j.network.moments.LayerMoments;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A layer's factorised covariance on split B, what every estimator needs solved with it, and its
 * covariances on split C. Of moments that are expendable nothing is kept twice: the factor takes
 * the place of Sigma, split C's Sigma moves into the factor's free triangle, and split B's products
 * are given up for their solutions. A layer then holds 8 (d^2 + 7 k d) bytes at most between
 * estimators, k neurons and d inputs each, and 8 (2 d^2 + 7 k d) on the way there.
 *
 * @param fit split B; its products with x are gone if they were expendable
 * @param bases of one block of neurons after the other
 * @param ridge absolute
 * @param constantInputs the inputs that do not vary on split B
 */
record LayerSystem(
    LayerCovariances fit,
    LayerCovariances evaluate,
    Cholesky cholesky,
    List<LayerBasis> bases,
    double[] squaredLengths,
    double ridge,
    double meanVariance,
    int[] constantInputs)
    implements AutoCloseable {
  /** What rounding leaves of a constant's variance, as a share of its square. */
  private static final double CONSTANT = 1e-12;

  static LayerSystem of(
      double relativeRidge, LinearLayer layer, LayerData fit, LayerData evaluate) {
    try (BlasThreads threads = BlasThreads.all()) {
      LayerMoments moments = fit.moments();
      LayerCovariances onB = new LayerCovariances(moments);
      INDArray matrix = fit.sigma();
      double[] variances = Nd4j.diag(matrix).toDoubleVector();
      double meanVariance = Arrays.stream(variances).average().orElseThrow();
      if (!(meanVariance > 0)) {
        throw new IllegalArgumentException("The layer's inputs are constant on the fitting split.");
      }
      double[] means = moments.meanX().toDoubleVector();
      boolean[] constant = new boolean[variances.length];
      double ridge = relativeRidge * meanVariance;
      for (int i = 0; i < variances.length; i++) {
        constant[i] = variances[i] <= CONSTANT * (variances[i] + means[i] * means[i]);
        matrix.putScalar(i, i, variances[i] + ridge);
      }
      Cholesky cholesky = Cholesky.of(matrix, ridge > 0 ? new boolean[variances.length] : constant);
      double[] squaredLengths = new double[onB.neurons()];
      List<LayerBasis> bases = bases(onB, layer, cholesky, ridge, squaredLengths);
      if (fit.expendable()) {
        moments.close();
      }
      return new LayerSystem(
          onB,
          evaluated(evaluate, cholesky),
          cholesky,
          bases,
          squaredLengths,
          ridge,
          meanVariance,
          IntStream.range(0, constant.length).filter(i -> constant[i]).toArray());
    }
  }

  private static List<LayerBasis> bases(
      LayerCovariances fit,
      LinearLayer layer,
      Cholesky cholesky,
      double ridge,
      double[] squaredLengths) {
    INDArray weights = layer.weights().reshape('c', layer.neurons(), layer.fanIn());
    int step = NeuronRows.perBlock(weights.size(1));
    List<LayerBasis> bases = new ArrayList<>();
    for (int from = 0; from < fit.neurons(); from += step) {
      INDArray block = NeuronRows.wide(weights, from, Math.min(fit.neurons(), from + step));
      double[] lengths = NeuronRows.dot(block, block);
      System.arraycopy(lengths, 0, squaredLengths, from, lengths.length);
      bases.add(LayerBasis.of(fit, block, from, cholesky, ridge));
    }
    return bases;
  }

  /**
   * {@code w'a} of a block's neurons.
   *
   * @param all over all inputs; without a ridge over the pivots
   * @param varying over the inputs that vary on split B
   */
  record Along(double[] all, double[] varying) {}

  /**
   * With a ridge.
   *
   * @param patterns {@code [m,d]} of the block's neurons
   */
  Along along(LayerBasis basis, INDArray patterns) {
    INDArray weights = basis.weights();
    double[] all = NeuronRows.dot(patterns, weights);
    double[] varying = all.clone();
    for (int input : constantInputs) {
      try (INDArray products = patterns.getColumn(input).mul(weights.getColumn(input))) {
        double[] constant = products.toDoubleVector();
        Arrays.setAll(varying, m -> varying[m] - constant[m]);
      }
    }
    return new Along(all, varying);
  }

  private static LayerCovariances evaluated(LayerData data, Cholesky cholesky) {
    LayerMoments moments = data.moments();
    return data.expendable()
        ? new LayerCovariances(moments, cholesky.store(moments.takeSigma()))
        : new LayerCovariances(moments);
  }

  @Override
  public void close() {
    cholesky.close();
    bases.forEach(LayerBasis::close);
  }
}
