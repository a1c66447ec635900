package org.explain4j.metrics.rho;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Solves {@code (Sigma + ridge - A K' - K A' + A G A' + tau qq') v = r} for a block of neurons,
 * given {@code P = (Sigma + ridge)^-1} applied to the basis {@code a+, a-, c+, c-, q, ci}, in which
 * r and hence v lie (with P before each). Per neuron that is one 5 x 5 system.
 *
 * @param layer P times c+, c-, q and ci
 * @param positive P times a+, {@code [m,d]}
 * @param negative P times a-; null if it is the same
 * @param gram per neuron {@code [6][6]}: the basis' inner products in P
 */
record Woodbury(LayerBasis layer, INDArray positive, INDArray negative, double[][][] gram)
    implements AutoCloseable {
  static final int Q = 4;
  private static final int SIZE = 6;
  private static final int UPDATED = 5;
  private static final int LAYER = 2;

  /**
   * @param plus a+ as {@code [m,d]}
   * @param minus a-; null if it is the same
   */
  static Woodbury of(LayerBasis layer, INDArray plus, INDArray minus, Cholesky cholesky) {
    INDArray positive = LayerBasis.solved(cholesky, plus);
    INDArray negative = minus == null ? null : LayerBasis.solved(cholesky, minus);
    double[][][] gram = new double[(int) plus.size(0)][SIZE][SIZE];
    double[] plusPlus = NeuronRows.dot(plus, positive);
    double[] minusMinus = minus == null ? plusPlus : NeuronRows.dot(minus, negative);
    double[] crossed = minus == null ? plusPlus : NeuronRows.dot(minus, positive);
    double[][] plusLayer = layer.inner(plus);
    double[][] minusLayer = minus == null ? plusLayer : layer.inner(minus);
    for (int j = 0; j < gram.length; j++) {
      double[][] g = gram[j];
      g[0][0] = plusPlus[j];
      g[1][1] = minusMinus[j];
      g[0][1] = crossed[j];
      g[1][0] = crossed[j];
      for (int a = LAYER; a < SIZE; a++) {
        g[0][a] = plusLayer[j][a - LAYER];
        g[a][0] = g[0][a];
        g[1][a] = minusLayer[j][a - LAYER];
        g[a][1] = g[1][a];
        System.arraycopy(layer.gram()[j][a - LAYER], 0, g[a], LAYER, SIZE - LAYER);
      }
    }
    return new Woodbury(layer, positive, negative, gram);
  }

  /** G of one neuron, and the weight of qq'; 0 if the residual is not singular. */
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
      capacitance[Q][Q] += 1 / update.tau;
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

  /** The vectors v themselves, {@code [m,d]}, from their coefficients. */
  INDArray vectors(double[][] coefficients) {
    int kept = layer.kept().length;
    int own = negative == null ? 1 : 2;
    INDArray[] matrices = new INDArray[own + kept];
    matrices[0] = positive;
    matrices[own - 1] = negative == null ? positive : negative;
    System.arraycopy(layer.kept(), 0, matrices, own, kept);
    double[][] factors = new double[coefficients.length][matrices.length];
    for (int j = 0; j < factors.length; j++) {
      factors[j][0] += coefficients[j][0];
      factors[j][own - 1] += coefficients[j][1];
      for (int a = LAYER; a < SIZE; a++) {
        for (int i = 0; i < kept; i++) {
          factors[j][own + i] += coefficients[j][a] * layer.expansion()[a - LAYER][i];
        }
      }
    }
    return NeuronRows.combination(matrices, factors);
  }

  @Override
  public void close() {
    positive.close();
    if (negative != null) {
      negative.close();
    }
  }
}
