package org.explain4j.metrics.rho;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.ndarray.INDArray;

/** LAPACK's factorisation, where ND4J's buffers are in host memory and the library is there. */
record LapackCholesky(INDArray factor) implements Cholesky {
  /** Whether the native library could be loaded. */
  static final boolean AVAILABLE = available();

  // A row-major symmetric matrix is its own column-major transpose: its lower triangle is meant.
  private static final byte LOWER = 'L';

  private static boolean available() {
    try {
      return openblas.blas_get_num_threads() >= 0;
    } catch (LinkageError e) {
      return false;
    }
  }

  static LapackCholesky factorise(INDArray matrix) {
    int d = Math.toIntExact(matrix.size(0));
    int info = openblas.LAPACKE_dpotrf(openblas.LAPACK_COL_MAJOR, LOWER, d, pointer(matrix), d);
    if (info != 0) {
      throw Cholesky.indefinite(info - 1L);
    }
    return new LapackCholesky(matrix);
  }

  @Override
  public void solve(INDArray rows) {
    int d = Math.toIntExact(factor.size(0));
    int info =
        openblas.LAPACKE_dpotrs(
            openblas.LAPACK_COL_MAJOR,
            LOWER,
            d,
            Math.toIntExact(rows.size(0)),
            pointer(factor),
            d,
            pointer(rows),
            d);
    if (info != 0) {
      throw new IllegalStateException("LAPACK's dpotrs was given a wrong argument " + -info + ".");
    }
  }

  private static DoublePointer pointer(INDArray array) {
    return new DoublePointer(array.data().addressPointer());
  }
}
