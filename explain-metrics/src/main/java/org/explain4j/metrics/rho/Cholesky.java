package org.explain4j.metrics.rho;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.openblas.global.openblas;
import org.explain4j.network.arrays.HostMemory;
import org.explain4j.network.arrays.Workers;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * LAPACK's factorisation of a symmetric positive semidefinite float64 matrix, and solving with it.
 * OpenBLAS, which provides it, is present wherever ND4J's CPU backend is; arrays of a GPU's backend
 * are copied to host memory for it.
 *
 * <p>A matrix that is singular has null directions dropped, exactly: those rows and columns that
 * are constant first, then, in the order of pivoted Cholesky (Higham, Accuracy and Stability of
 * Numerical Algorithms, 2nd ed., section 10.3), those of which the ones before leave less than
 * {@link #TOLERANCE} of their variance unexplained. The rest, the pivots, is regular; solutions are
 * 0 outside of it. For a right-hand side in the matrix's range that solves the whole system, and
 * differs from the pseudo-inverse's solution by a null direction only.
 *
 * <p>It works in one triangle of the matrix: the other still holds the matrix if it fails and
 * pivoting is needed, and may hold another one later. Indices are 32 bits in this LAPACK, but only
 * d itself is one: the elements, {@code d * d} of them, are told by pointers.
 *
 * @param factor {@code [d,d]}
 * @param triangle that holds the factor, as LAPACK names it: column-major
 * @param pivots the inputs in the order of the factor, without the dropped ones; null if all are
 * @param scale of each pivot: the factor is that of the correlations; null without pivots
 */
record Cholesky(INDArray factor, byte triangle, int[] pivots, double[] scale)
    implements AutoCloseable {
  /** Share of a variance that counts as nothing; what float32 leaves of a sum is 1e-14 of it. */
  private static final double TOLERANCE = 1e-10;

  // A row-major symmetric matrix is its own column-major transpose.
  private static final byte LOWER = 'L';
  private static final byte UPPER = 'U';

  /**
   * Factorises in place: the matrix's memory becomes the factor's, and is freed with it.
   *
   * @param matrix {@code [d,d]}, order c, no view
   * @param constant rows and columns that are 0 but for rounding
   */
  static Cholesky of(INDArray matrix, boolean[] constant) {
    int d = Math.toIntExact(matrix.size(0));
    DoublePointer a = pointer(matrix);
    double[] diagonal = new double[d];
    diagonal(a, d, diagonal, false);
    if (!any(constant)) {
      int info = openblas.LAPACKE_dpotrf(openblas.LAPACK_COL_MAJOR, LOWER, d, a, d);
      boolean regular =
          info == 0
              && IntStream.range(0, d)
                  .allMatch(
                      i -> {
                        double root = a.get(i * (d + 1L));
                        return root * root > TOLERANCE * diagonal[i];
                      });
      if (regular) {
        return new Cholesky(HostMemory.written(matrix), LOWER, null, null);
      }
    }
    return pivoted(matrix, a, diagonal, constant);
  }

  /** In the other triangle, which is untouched but for its diagonal. */
  private static Cholesky pivoted(
      INDArray matrix, DoublePointer a, double[] variances, boolean[] constant) {
    int d = variances.length;
    double[] scale = new double[d];
    double[] ones = new double[d];
    for (int i = 0; i < d; i++) {
      boolean varies = !constant[i] && variances[i] > 0;
      scale[i] = varies ? 1 / Math.sqrt(variances[i]) : 0;
      ones[i] = varies ? 1 : 0;
    }
    Workers.run(
        d,
        d,
        (from, to) -> {
          double[] row = new double[d];
          for (int i = from; i < to; i++) {
            DoublePointer start = at(a, (long) i * d);
            start.get(row, 0, i + 1);
            for (int j = 0; j <= i; j++) {
              row[j] = scale[i] == 0 || scale[j] == 0 ? 0 : row[j] * scale[i] * scale[j];
            }
            start.put(row, 0, i + 1);
          }
        });
    diagonal(a, d, ones, true);
    try (IntPointer order = new IntPointer(d);
        IntPointer rank = new IntPointer(1)) {
      openblas.LAPACKE_dpstrf(openblas.LAPACK_COL_MAJOR, UPPER, d, a, d, order, rank, TOLERANCE);
      int[] pivots = new int[rank.get()];
      order.get(pivots, 0, pivots.length);
      for (int i = 0; i < pivots.length; i++) {
        pivots[i]--;
      }
      return new Cholesky(
          HostMemory.written(matrix),
          UPPER,
          pivots,
          Arrays.stream(pivots).mapToDouble(i -> scale[i]).toArray());
    }
  }

  /** Whether any is. */
  private static boolean any(boolean[] constant) {
    for (boolean c : constant) {
      if (c) {
        return true;
      }
    }
    return false;
  }

  /**
   * Replaces each row r by the solution s of {@code matrix s = r}.
   *
   * @param rows {@code [m,d]}, float64, order c, no view
   */
  void solve(INDArray rows) {
    onPivots(rows, scale, this::solve);
  }

  /**
   * Rows times the matrix as far as it was not dropped, in memory of their own.
   *
   * @param rows {@code [m,d]}, float64
   */
  INDArray times(INDArray rows) {
    INDArray product = rows.dup('c');
    onPivots(
        product,
        scale == null ? null : Arrays.stream(scale).map(s -> 1 / s).toArray(),
        (vectors, m, n) -> {
          // LL' or U'U: its second factor first.
          boolean lower = triangle == LOWER;
          multiply(vectors, m, n, lower ? openblas.CblasTrans : openblas.CblasNoTrans);
          multiply(vectors, m, n, lower ? openblas.CblasNoTrans : openblas.CblasTrans);
        });
    return product;
  }

  /** Works in place on m column vectors of n numbers each. */
  private interface Columns {
    void apply(DoublePointer vectors, int m, int n);
  }

  /** Without pivots on all inputs, else on the scaled pivots; the rest becomes 0. */
  private void onPivots(INDArray rows, double[] scales, Columns columns) {
    int d = Math.toIntExact(factor.size(0));
    int m = Math.toIntExact(rows.size(0));
    DoublePointer all = pointer(rows);
    if (pivots == null) {
      columns.apply(all, m, d);
      HostMemory.written(rows);
      return;
    }
    int rank = pivots.length;
    if (rank == 0) {
      rows.assign(0);
      return;
    }
    try (DoublePointer some = new DoublePointer((long) m * rank)) {
      double[] row = new double[d];
      double[] part = new double[rank];
      for (int i = 0; i < m; i++) {
        at(all, (long) i * d).get(row);
        for (int p = 0; p < rank; p++) {
          part[p] = row[pivots[p]] * scales[p];
        }
        at(some, (long) i * rank).put(part);
      }
      columns.apply(some, m, rank);
      for (int i = 0; i < m; i++) {
        at(some, (long) i * rank).get(part);
        Arrays.fill(row, 0);
        for (int p = 0; p < rank; p++) {
          row[pivots[p]] = part[p] * scales[p];
        }
        at(all, (long) i * d).put(row);
      }
    }
    HostMemory.written(rows);
  }

  private void solve(DoublePointer rows, int m, int n) {
    int d = Math.toIntExact(factor.size(0));
    int info =
        openblas.LAPACKE_dpotrs(
            openblas.LAPACK_COL_MAJOR, triangle, n, m, pointer(factor), d, rows, n);
    if (info != 0) {
      throw new IllegalStateException("LAPACK's dpotrs was given a wrong argument " + -info + ".");
    }
  }

  private void multiply(DoublePointer vectors, int m, int n, int transposed) {
    openblas.cblas_dtrmm(
        openblas.CblasColMajor,
        openblas.CblasLeft,
        triangle == LOWER ? openblas.CblasLower : openblas.CblasUpper,
        transposed,
        openblas.CblasNonUnit,
        n,
        m,
        1,
        pointer(factor),
        Math.toIntExact(factor.size(0)),
        vectors,
        n);
  }

  /** Number of rows and columns that were dropped. */
  int dropped() {
    return pivots == null ? 0 : Math.toIntExact(factor.size(0)) - pivots.length;
  }

  /**
   * Keeps another symmetric matrix in the free triangle, instead of in memory of its own; the
   * diagonals are exchanged for each product.
   *
   * @param matrix {@code [d,d]}, order c, no view; given up
   * @return rows {@code [m,d]}, order c, no view, times the matrix
   */
  UnaryOperator<INDArray> store(INDArray matrix) {
    int d = Math.toIntExact(matrix.size(0));
    boolean below = triangle == LOWER; // row-major, the free triangle
    DoublePointer from = pointer(matrix);
    DoublePointer to = pointer(factor);
    double[] diagonal = new double[d];
    double[] own = new double[d];
    diagonal(from, d, diagonal, false);
    diagonal(to, d, own, false);
    double[] row = new double[d];
    for (int i = 0; i < d; i++) {
      long first = (long) i * d + (below ? 0 : i + 1);
      int count = below ? i : d - i - 1;
      at(from, first).get(row, 0, count);
      at(to, first).put(row, 0, count);
    }
    HostMemory.written(factor);
    matrix.close();
    int uplo = below ? openblas.CblasLower : openblas.CblasUpper;
    return rows -> {
      int m = Math.toIntExact(rows.size(0));
      INDArray product = rows.ulike();
      diagonal(to, d, diagonal, true);
      openblas.cblas_dsymm(
          openblas.CblasRowMajor,
          openblas.CblasRight,
          uplo,
          m,
          d,
          1,
          to,
          d,
          pointer(rows),
          d,
          0,
          pointer(product),
          d);
      diagonal(to, d, own, true);
      return HostMemory.written(product);
    };
  }

  @Override
  public void close() {
    factor.close();
  }

  private static void diagonal(DoublePointer matrix, int d, double[] values, boolean put) {
    for (int i = 0; i < d; i++) {
      if (put) {
        matrix.put(i * (d + 1L), values[i]);
      } else {
        values[i] = matrix.get(i * (d + 1L));
      }
    }
  }

  private static DoublePointer at(DoublePointer start, long offset) {
    return new DoublePointer(start).position(start.position() + offset);
  }

  /** Of the numbers in host memory; where a GPU's backend has newer ones, it copies them there. */
  private static DoublePointer pointer(INDArray array) {
    return new DoublePointer(HostMemory.pointer(array));
  }
}
