package org.explain4j.metrics.rho;

import org.explain4j.network.arrays.Workers;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Arithmetic on matrices with one row per neuron. */
final class NeuronRows {
  /**
   * Numbers of one block of neurons (64 MiB in float64): bounds the memory of temporaries. Fewer in
   * a test, for which a small layer has several blocks.
   */
  static volatile long block = 1L << 23;

  /** Numbers that are worked on at a time: temporaries stay in the processor's cache. */
  private static final long CHUNK = 1L << 15;

  private NeuronRows() {}

  /** Neurons of fan-in d that are treated at a time. */
  static int perBlock(long d) {
    return (int) Math.max(1, block / d);
  }

  /** A view of the rows from {@code from} (inclusive) to {@code to} (exclusive). */
  static INDArray view(INDArray matrix, int from, int to) {
    return matrix.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
  }

  /** A float64 copy of some rows. */
  static INDArray wide(INDArray matrix, int from, int to) {
    INDArray rows = view(matrix, from, to);
    return rows.dataType() == DataType.DOUBLE ? rows.dup('c') : rows.castTo(DataType.DOUBLE);
  }

  /** The inner products of corresponding rows. */
  static double[] dot(INDArray a, INDArray b) {
    double[] all = new double[(int) a.size(0)];
    chunks(
        a,
        (from, to) -> {
          try (INDArray products = view(a, from, to).mul(view(b, from, to));
              INDArray sums = products.sum(1)) {
            System.arraycopy(sums.toDoubleVector(), 0, all, from, to - from);
          }
        });
    return all;
  }

  /**
   * Sums of rows: row j of the result is the sum of {@code coefficients[j][a]} times row j of
   * {@code matrices[a]}.
   */
  static INDArray combination(INDArray[] matrices, double[][] coefficients) {
    INDArray sum =
        Nd4j.createUninitialized(
            DataType.DOUBLE, new long[] {coefficients.length, matrices[0].size(1)}, 'c');
    chunks(
        sum,
        (from, to) -> {
          INDArray target = view(sum, from, to);
          target.assign(0);
          for (int a = 0; a < matrices.length; a++) {
            double[] column = new double[to - from];
            for (int j = from; j < to; j++) {
              column[j - from] = coefficients[j][a];
            }
            try (INDArray factors = Nd4j.createFromArray(column);
                INDArray part = view(matrices[a], from, to).mulColumnVector(factors)) {
              target.addi(part);
            }
          }
        });
    return sum;
  }

  private static void chunks(INDArray matrix, Workers.Part part) {
    int rows = (int) matrix.size(0);
    long d = matrix.size(1);
    int step = (int) Math.max(1, CHUNK / d);
    int count = (rows + step - 1) / step;
    Workers.run(
        count,
        step * d,
        (first, last) -> {
          for (int i = first; i < last; i++) {
            part.run(i * step, Math.min(rows, (i + 1) * step));
          }
        });
  }
}
