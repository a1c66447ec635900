package org.explain4j.metrics.rho;

import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Pivoted factorisation on the heap, one column after the other, for singular matrices on backends
 * without LAPACK: some ten thousand inputs at most.
 *
 * @param lower rows of the factor of the correlations, in the order of the pivots
 */
record Pivots(double[][] lower, int[] order, double[] scale) implements Cholesky {

  static Pivots factorise(INDArray matrix, boolean[] constant) {
    double[][] a = matrix.toDoubleMatrix();
    matrix.close();
    int d = a.length;
    double[] scale = new double[d];
    double[] left = new double[d]; // the variance that is not explained yet
    for (int i = 0; i < d; i++) {
      boolean varies = !constant[i] && a[i][i] > 0;
      scale[i] = varies ? 1 / Math.sqrt(a[i][i]) : 0;
      left[i] = varies ? 1 : 0;
    }
    int[] order = new int[d];
    double[][] factor = new double[d][]; // by pivot: its column, over all inputs
    int rank = 0;
    for (; rank < d; rank++) {
      int pivot = largest(left);
      if (!(left[pivot] > TOLERANCE)) {
        break;
      }
      double[] column = new double[d];
      double root = Math.sqrt(left[pivot]);
      for (int i = 0; i < d; i++) {
        double sum = left[i] > 0 ? a[i][pivot] * scale[i] * scale[pivot] : 0;
        for (int p = 0; p < rank && left[i] > 0; p++) {
          sum -= factor[p][i] * factor[p][pivot];
        }
        column[i] = left[i] > 0 ? sum / root : 0;
      }
      for (int i = 0; i < d; i++) {
        left[i] -= column[i] * column[i];
      }
      left[pivot] = Double.NEGATIVE_INFINITY;
      factor[rank] = column;
      order[rank] = pivot;
    }
    double[][] lower = new double[rank][rank];
    for (int i = 0; i < rank; i++) {
      for (int p = 0; p <= i; p++) {
        lower[i][p] = factor[p][order[i]];
      }
    }
    return new Pivots(lower, java.util.Arrays.copyOf(order, rank), scale);
  }

  private static int largest(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  @Override
  public void solve(INDArray rows) {
    double[][] all = rows.toDoubleMatrix();
    for (double[] row : all) {
      double[] x = new double[order.length];
      for (int i = 0; i < x.length; i++) {
        double sum = row[order[i]] * scale[order[i]];
        for (int p = 0; p < i; p++) {
          sum -= lower[i][p] * x[p];
        }
        x[i] = sum / lower[i][i];
      }
      java.util.Arrays.fill(row, 0);
      for (int i = x.length - 1; i >= 0; i--) {
        double sum = x[i];
        for (int p = i + 1; p < x.length; p++) {
          sum -= lower[p][i] * x[p];
        }
        x[i] = sum / lower[i][i];
        row[order[i]] = x[i] * scale[order[i]];
      }
    }
    try (INDArray solved = Nd4j.createFromArray(all)) {
      rows.assign(solved);
    }
  }

  @Override
  public int dropped() {
    return scale.length - order.length;
  }

  @Override
  public UnaryOperator<INDArray> store(INDArray matrix) {
    return rows -> rows.mmul(matrix);
  }

  @Override
  public void close() {
    // On the heap.
  }
}
