package org.explain4j.methods.perturbation;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;

/** Weighted ridge regression by its normal equations, sample by sample. */
final class LeastSquares {
  private final double[][] products;
  private final double[] targets;

  LeastSquares(int variables) {
    products = new double[variables][variables];
    targets = new double[variables];
  }

  void add(double[] x, double y, double weight) {
    for (int i = 0; i < x.length; i++) {
      if (x[i] != 0) {
        targets[i] += weight * x[i] * y;
        for (int j = 0; j < x.length; j++) {
          products[i][j] += weight * x[i] * x[j];
        }
      }
    }
  }

  /**
   * The coefficients.
   *
   * @param ridge added to the diagonal of the first {@code penalised} variables
   */
  double[] solve(double ridge, int penalised) {
    Array2DRowRealMatrix matrix = new Array2DRowRealMatrix(products, true);
    for (int i = 0; i < penalised; i++) {
      matrix.addToEntry(i, i, ridge);
    }
    return new LUDecomposition(matrix).getSolver().solve(new ArrayRealVector(targets)).toArray();
  }
}
