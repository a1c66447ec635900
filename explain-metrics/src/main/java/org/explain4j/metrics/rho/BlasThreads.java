package org.explain4j.metrics.rho;

import org.bytedeco.openblas.global.openblas;
import org.explain4j.network.arrays.Workers;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Gives the BLAS library all threads there are to be, or one, for as long as this is open. ND4J
 * sets it to {@code OMP_NUM_THREADS} when it starts, which is one in Explain4J, as kernels have
 * threads of their own; the products and factorisations of large matrices are called by one thread
 * and need them all.
 */
record BlasThreads(int before) implements AutoCloseable {

  static BlasThreads all() {
    return of(Workers.limit());
  }

  /** For products that several threads call at once. */
  static BlasThreads one() {
    return of(1);
  }

  private static BlasThreads of(int threads) {
    Nd4j.getBackend(); // its start would set the threads anew
    int before = openblas.blas_get_num_threads();
    openblas.blas_set_num_threads(threads);
    return new BlasThreads(before);
  }

  @Override
  public void close() {
    openblas.blas_set_num_threads(before);
  }
}
