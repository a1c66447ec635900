package org.explain4j.metrics.rho;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What does not depend on the estimator, for a block of neurons: P times c+, c-, q and ci, with P
 * the inverse of (Sigma + ridge) on its pivots, and their inner products in P.
 *
 * <p>q is what is added as tau qq' to the covariance of the residual, which is singular along w: w
 * itself if there is a ridge, else {@code Sigma w = c+ + c-}, of which P is at hand. With a ridge,
 * P c- follows from {@code P (c+ + c-) = w - ridge P w}: three systems are solved per neuron, not
 * four.
 *
 * @param kept the matrices {@code [m,d]} that P times each is a combination of
 * @param expansion {@code [4][kept]}: these combinations
 * @param gram per neuron {@code [4][4]}: inner products in P
 */
record LayerBasis(INDArray[] kept, double[][] expansion, double[][][] gram)
    implements AutoCloseable {
  private static final int SIZE = 4;

  /** Where c+, c- and ci stand. */
  private static final int[] PRODUCTS = {0, 1, 3};

  /**
   * @param weights of the neurons from {@code from}, {@code [m,d]} float64; given up
   */
  static LayerBasis of(
      LayerCovariances fit, INDArray weights, int from, Cholesky cholesky, double ridge) {
    int to = from + (int) weights.size(0);
    try (INDArray positive = fit.positive(from, to);
        INDArray negative = fit.negative(from, to);
        INDArray active = fit.active(from, to)) {
      INDArray solvedPositive = solved(cholesky, positive);
      INDArray solvedActive = solved(cholesky, active);
      if (ridge > 0) {
        INDArray[] kept = {solvedPositive, weights, solved(cholesky, weights), solvedActive};
        double[][] expansion = {{1, 0, 0, 0}, {-1, 1, -ridge, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}};
        return of(kept, expansion, positive, negative, weights, active);
      }
      weights.close();
      INDArray[] kept = {solvedPositive, solved(cholesky, negative), solvedActive};
      double[][] expansion = {{1, 0, 0}, {0, 1, 0}, {1, 1, 0}, {0, 0, 1}};
      try (INDArray q = positive.add(negative)) {
        return of(kept, expansion, positive, negative, q, active);
      }
    }
  }

  private static LayerBasis of(INDArray[] kept, double[][] expansion, INDArray... vectors) {
    double[][][] gram = new double[(int) kept[0].size(0)][SIZE][SIZE];
    LayerBasis basis = new LayerBasis(kept, expansion, gram);
    for (int a = 0; a < SIZE; a++) {
      double[][] products = basis.inner(vectors[a]);
      for (int j = 0; j < gram.length; j++) {
        for (int b = 0; b < SIZE; b++) {
          // Each pair from both sides: a sum of two roundings, and symmetric.
          gram[j][a][b] += products[j][b] / 2;
          gram[j][b][a] += products[j][b] / 2;
        }
      }
    }
    return basis;
  }

  /** A copy of the rows, solved. */
  static INDArray solved(Cholesky cholesky, INDArray rows) {
    INDArray copy = rows.dup('c');
    cholesky.solve(copy);
    return copy;
  }

  /** The inner products of rows {@code [m,d]} with P c+, P c-, P q and P ci, per neuron. */
  double[][] inner(INDArray rows) {
    double[][] inner = new double[gram.length][SIZE];
    for (int i = 0; i < kept.length; i++) {
      double[] products = NeuronRows.dot(rows, kept[i]);
      for (int j = 0; j < inner.length; j++) {
        for (int a = 0; a < SIZE; a++) {
          inner[j][a] += expansion[a][i] * products[j];
        }
      }
    }
    return inner;
  }

  /**
   * The inner products of (Sigma + ridge) v with P c+, P c- and P ci: those of v with c+, c-, ci.
   */
  double[][] covariances(INDArray image) {
    double[][] inner = inner(image);
    double[][] covariances = new double[PRODUCTS.length][inner.length];
    for (int a = 0; a < PRODUCTS.length; a++) {
      for (int j = 0; j < inner.length; j++) {
        covariances[a][j] = inner[j][PRODUCTS[a]];
      }
    }
    return covariances;
  }

  /** The weights {@code [m,d]} of a basis with a ridge. */
  INDArray weights() {
    return kept[1];
  }

  @Override
  public void close() {
    for (INDArray matrix : kept) {
      matrix.close();
    }
  }
}
