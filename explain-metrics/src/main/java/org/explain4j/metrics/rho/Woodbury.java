package org.explain4j.metrics.rho;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Solves {@code (Sigma + ridge - A K' - K A' + A G A' + tau ww') v = r} for a block of neurons,
 * given {@code P = (Sigma + ridge)^-1} applied to the basis {@code a+, a-, c+, c-, w, ci}, in which
 * r and hence v lie (with P before each). Per neuron that is one 5 x 5 system.
 *
 * @param solved P times each of the basis, {@code [m,d]}
 * @param gram per neuron {@code [6][6]}: the basis' inner products in P
 */
record Woodbury(INDArray[] solved, double[][][] gram) {
  static final int W = 4;
  private static final int UPDATED = 5;

  static Woodbury of(INDArray[] basis, INDArray[] solved) {
    int size = basis.length;
    double[][][] gram = new double[(int) basis[0].size(0)][size][size];
    for (int a = 0; a < size; a++) {
      for (int b = a; b < size; b++) {
        double[] products = Rows.dot(basis[a], solved[b]);
        for (int j = 0; j < products.length; j++) {
          gram[j][a][b] = products[j];
          gram[j][b][a] = products[j];
        }
      }
    }
    return new Woodbury(solved, gram);
  }

  /** G of one neuron, and the weight of ww'; 0 if the residual does vary along w. */
  record Update(double varPositive, double crossing, double varNegative, double tau) {}

  /**
   * @param right r's six coefficients in the basis
   * @return v's coefficients in P times the basis
   */
  double[] solve(int neuron, double[] right, Update update) {
    double[] solution = right.clone();
    int size = update.tau > 0 ? UPDATED : UPDATED - 1;
    double[] projected = new double[size];
    double[][] capacitance = new double[size][size];
    for (int a = 0; a < size; a++) {
      for (int b = 0; b < right.length; b++) {
        projected[a] += gram[neuron][a][b] * right[b];
      }
      System.arraycopy(gram[neuron][a], 0, capacitance[a], 0, size);
    }
    // The inverse of [[G,-1],[-1,0]], the update's middle matrix.
    capacitance[0][2] -= 1;
    capacitance[2][0] -= 1;
    capacitance[1][3] -= 1;
    capacitance[3][1] -= 1;
    capacitance[2][2] -= update.varPositive;
    capacitance[2][3] -= update.crossing;
    capacitance[3][2] -= update.crossing;
    capacitance[3][3] -= update.varNegative;
    if (size == UPDATED) {
      capacitance[W][W] += 1 / update.tau;
    }
    double[] correction =
        new LUDecomposition(new Array2DRowRealMatrix(capacitance, false), 0)
            .getSolver()
            .solve(new ArrayRealVector(projected, false))
            .toArray();
    for (int a = 0; a < size; a++) {
      solution[a] -= correction[a];
    }
    return solution;
  }

  /** The inner product of v with a combination of the basis. */
  double inner(int neuron, double[] v, double[] combination) {
    double sum = 0;
    for (int a = 0; a < v.length; a++) {
      for (int b = 0; b < v.length; b++) {
        sum += v[a] * gram[neuron][a][b] * combination[b];
      }
    }
    return sum;
  }

  /** The vectors v themselves, {@code [m,d]}, from their coefficients. */
  INDArray vectors(double[][] coefficients) {
    INDArray sum = solved[0].ulike();
    for (int a = 0; a < solved.length; a++) {
      double[] column = new double[coefficients.length];
      for (int j = 0; j < column.length; j++) {
        column[j] = coefficients[j][a];
      }
      try (INDArray weights = org.nd4j.linalg.factory.Nd4j.createFromArray(column);
          INDArray part = solved[a].mulColumnVector(weights)) {
        sum.addi(part);
      }
    }
    return sum;
  }
}
