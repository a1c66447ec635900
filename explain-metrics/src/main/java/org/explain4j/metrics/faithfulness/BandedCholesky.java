package org.explain4j.metrics.faithfulness;

/**
 * A symmetric positive definite system in which unknowns depend on those with near numbers only,
 * solved exactly by Cholesky's factorisation, which stays within the band.
 */
final class BandedCholesky {
  private final int size;
  private final int stride;
  private final double[] columns; // of each: the diagonal, then the band below it

  /**
   * @param band how far apart the numbers of dependent unknowns are at most
   */
  BandedCholesky(int size, int band) {
    this.size = size;
    this.stride = band + 1;
    this.columns = new double[Math.multiplyExact(size, stride)];
  }

  /**
   * @param row at least {@code column}, by the band at most
   */
  void set(int row, int column, double value) {
    columns[column * stride + row - column] = value;
  }

  private int below(int column) {
    return Math.min(stride, size - column);
  }

  /** Replaces the system by its factor; once. */
  void factor() {
    for (int column = 0; column < size; column++) {
      int start = column * stride;
      int end = below(column);
      double root = Math.sqrt(columns[start]);
      for (int i = 0; i < end; i++) {
        columns[start + i] /= root;
      }
      for (int i = 1; i < end; i++) {
        double factor = columns[start + i];
        if (factor != 0) {
          int other = (column + i) * stride - i;
          for (int k = i; k < end; k++) {
            columns[other + k] -= factor * columns[start + k];
          }
        }
      }
    }
  }

  /** Replaces a right-hand side by the solution, after {@link #factor}. */
  void solve(double[] values) {
    for (int column = 0; column < size; column++) {
      int start = column * stride;
      double value = values[column] / columns[start];
      values[column] = value;
      for (int i = 1; i < below(column); i++) {
        values[column + i] -= columns[start + i] * value;
      }
    }
    for (int column = size - 1; column >= 0; column--) {
      int start = column * stride;
      double value = values[column];
      for (int i = 1; i < below(column); i++) {
        value -= columns[start + i] * values[column + i];
      }
      values[column] = value / columns[start];
    }
  }
}
