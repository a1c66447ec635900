package org.explain4j.metrics.rho;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Factorisation {@code L L'} of a symmetric positive definite float64 matrix. */
sealed interface Cholesky permits LapackCholesky, BlockedCholesky {

  /**
   * Factorises in place: the matrix's memory becomes the factor's.
   *
   * @param matrix {@code [d,d]}, order c
   * @throws ArithmeticException if it is not positive definite
   */
  static Cholesky of(INDArray matrix) {
    return LapackCholesky.AVAILABLE && Nd4j.getEnvironment().isCPU()
        ? LapackCholesky.factorise(matrix)
        : BlockedCholesky.factorise(matrix);
  }

  /**
   * Replaces each row r by the solution of {@code L L' s = r}.
   *
   * @param rows {@code [m,d]}, float64, order c, no view
   */
  void solve(INDArray rows);

  /** What to say of a matrix that cannot be factorised. */
  static ArithmeticException indefinite(long column) {
    return new ArithmeticException(
        ("The covariance of the layer's inputs is not positive definite (at input %d).%n"
                + "Maybe raise the ridge.")
            .formatted(column));
  }
}
