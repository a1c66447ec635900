package org.explain4j.metrics.rho;

import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Factorisation of a symmetric positive semidefinite float64 matrix, and solving with it.
 *
 * <p>A matrix that is singular has null directions dropped, exactly: those rows and columns that
 * are constant first, then, in the order of pivoted Cholesky (Higham, Accuracy and Stability of
 * Numerical Algorithms, 2nd ed., section 10.3), those of which the ones before leave less than
 * {@link #TOLERANCE} of their variance unexplained. The rest, the pivots, is regular; solutions are
 * 0 outside of it. For a right-hand side in the matrix's range that solves the whole system, and
 * differs from the pseudo-inverse's solution by a null direction only.
 */
sealed interface Cholesky extends AutoCloseable permits LapackCholesky, BlockedCholesky, Pivots {
  /** Share of a variance that counts as nothing; what float32 leaves of a sum is 1e-14 of it. */
  double TOLERANCE = 1e-10;

  /**
   * Factorises in place: the matrix's memory becomes the factor's, and is freed with it.
   *
   * @param matrix {@code [d,d]}, order c, no view
   * @param constant rows and columns that are 0 but for rounding
   */
  static Cholesky of(INDArray matrix, boolean[] constant) {
    return LapackCholesky.AVAILABLE && Nd4j.getEnvironment().isCPU()
        ? LapackCholesky.factorise(matrix, constant)
        : BlockedCholesky.factorise(matrix, constant);
  }

  /**
   * Replaces each row r by the solution s of {@code matrix s = r}.
   *
   * @param rows {@code [m,d]}, float64, order c, no view
   */
  void solve(INDArray rows);

  /** Number of rows and columns that were dropped. */
  int dropped();

  /**
   * Keeps another symmetric matrix where this factorisation leaves room, if it does, instead of in
   * memory of its own.
   *
   * @param matrix {@code [d,d]}, order c, no view; given up
   * @return rows {@code [m,d]}, order c, no view, times the matrix
   */
  UnaryOperator<INDArray> store(INDArray matrix);

  @Override
  void close();

  /** Whether any is. */
  static boolean any(boolean[] constant) {
    for (boolean c : constant) {
      if (c) {
        return true;
      }
    }
    return false;
  }
}
