package org.explain4j.metrics.rho;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Blocked factorisation that needs nothing but matrix products, for backends without LAPACK on host
 * memory (Golub and Van Loan, Matrix Computations, 4th ed., section 4.2.6). The diagonal holds the
 * inverses of the factor's diagonal blocks, so that solving is products too.
 */
record BlockedCholesky(INDArray factor) implements Cholesky {
  private static final int BLOCK = 256;

  /** Keeps a copy meanwhile: a singular matrix is factorised with pivots from the start. */
  static Cholesky factorise(INDArray matrix, boolean[] constant) {
    if (Cholesky.any(constant)) {
      return Pivots.factorise(matrix, constant);
    }
    INDArray copy = matrix.dup('c');
    double[] variances = Nd4j.diag(copy).toDoubleVector();
    try {
      BlockedCholesky factor = factorise(matrix, variances);
      copy.close();
      return factor;
    } catch (ArithmeticException e) {
      matrix.close();
      return Pivots.factorise(copy, constant);
    }
  }

  private static BlockedCholesky factorise(INDArray matrix, double[] variances) {
    long d = matrix.size(0);
    for (long from = 0; from < d; from += BLOCK) {
      long to = Math.min(d, from + BLOCK);
      INDArray diagonal = part(matrix, from, to, from, to);
      INDArray inverse =
          invertedFactor(diagonal, Arrays.copyOfRange(variances, (int) from, (int) to));
      diagonal.assign(inverse);
      if (to < d) {
        INDArray below = part(matrix, to, d, from, to);
        below.assign(below.mmul(inverse.transpose()));
        for (long column = to; column < d; column += BLOCK) {
          long end = Math.min(d, column + BLOCK);
          INDArray left = part(matrix, column, d, from, to);
          INDArray top = part(matrix, column, end, from, to);
          try (INDArray update = left.mmul(top.transpose())) {
            part(matrix, column, d, column, end).subi(update);
          }
        }
      }
    }
    return new BlockedCholesky(matrix);
  }

  /** The inverse of the Cholesky factor of a small block. */
  private static INDArray invertedFactor(INDArray block, double[] variances) {
    double[][] a = block.castTo(DataType.DOUBLE).toDoubleMatrix();
    int n = a.length;
    for (int j = 0; j < n; j++) {
      for (int i = j; i < n; i++) {
        double sum = a[i][j];
        for (int m = 0; m < j; m++) {
          sum -= a[i][m] * a[j][m];
        }
        if (i == j && !(sum > TOLERANCE * variances[j])) {
          throw new ArithmeticException("Null direction");
        }
        a[i][j] = i == j ? Math.sqrt(sum) : sum / a[j][j];
      }
    }
    double[][] inverse = new double[n][n];
    for (int j = 0; j < n; j++) {
      inverse[j][j] = 1 / a[j][j];
      for (int i = j + 1; i < n; i++) {
        double sum = 0;
        for (int m = j; m < i; m++) {
          sum -= a[i][m] * inverse[m][j];
        }
        inverse[i][j] = sum / a[i][i];
      }
    }
    return Nd4j.createFromArray(inverse);
  }

  @Override
  public void solve(INDArray rows) {
    long d = factor.size(0);
    long last = (d - 1) / BLOCK * BLOCK;
    for (long from = 0; from < d; from += BLOCK) {
      long to = Math.min(d, from + BLOCK);
      INDArray here = columns(rows, from, to);
      if (from > 0) {
        here.subi(columns(rows, 0, from).mmul(part(factor, from, to, 0, from).transpose()));
      }
      here.assign(here.mmul(part(factor, from, to, from, to).transpose()));
    }
    for (long from = last; from >= 0; from -= BLOCK) {
      long to = Math.min(d, from + BLOCK);
      INDArray here = columns(rows, from, to);
      if (to < d) {
        here.subi(columns(rows, to, d).mmul(part(factor, to, d, from, to)));
      }
      here.assign(here.mmul(part(factor, from, to, from, to)));
    }
  }

  @Override
  public int dropped() {
    return 0;
  }

  @Override
  public UnaryOperator<INDArray> store(INDArray matrix) {
    return rows -> rows.mmul(matrix);
  }

  @Override
  public void close() {
    factor.close();
  }

  private static INDArray part(INDArray matrix, long r0, long r1, long c0, long c1) {
    return matrix.get(NDArrayIndex.interval(r0, r1), NDArrayIndex.interval(c0, c1));
  }

  private static INDArray columns(INDArray rows, long from, long to) {
    return rows.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to));
  }
}
