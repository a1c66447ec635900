package org.explain4j.metrics.rho;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Arithmetic on matrices with a row per neuron. */
final class Rows {
  /** Numbers of one block of neurons (64 MiB in float64): bounds the memory of temporaries. */
  private static final long BLOCK = 1L << 23;

  private Rows() {}

  /** Neurons of fan-in d that are treated at a time. */
  static int perBlock(long d) {
    return (int) Math.max(1, BLOCK / d);
  }

  /** A view of the rows from {@code from} (inclusive) to {@code to} (exclusive). */
  static INDArray view(INDArray matrix, int from, int to) {
    return matrix.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
  }

  /** The inner products of corresponding rows. */
  static double[] dot(INDArray a, INDArray b) {
    try (INDArray products = a.mul(b);
        INDArray sums = products.sum(1)) {
      return sums.toDoubleVector();
    }
  }
}
