package org.explain4j.metrics.rho;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.explain4j.network.arrays.HostMemory;
import org.explain4j.network.arrays.Planes;
import org.explain4j.network.arrays.Planes.Plane;
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

  /**
   * A product of rows with a matrix, to which rows of zeros, as of neurons that never fire, do not
   * contribute.
   *
   * @param times gives {@code [m,d]} of {@code [m,d]}, row by row
   */
  static INDArray productOf(INDArray rows, UnaryOperator<INDArray> times) {
    double[] squares = dot(rows, rows);
    int[] some = IntStream.range(0, squares.length).filter(j -> squares[j] != 0).toArray();
    if (some.length == squares.length) {
      return times.apply(rows);
    }
    INDArray all = Nd4j.zeros(DataType.DOUBLE, rows.shape());
    if (some.length > 0) {
      try (INDArray few = Nd4j.createUninitialized(DataType.DOUBLE, some.length, rows.size(1))) {
        HostMemory.copyRows(rows, some, few);
        try (INDArray products = times.apply(few)) {
          scatter(products, some, all);
        }
      }
    }
    return all;
  }

  private static void scatter(INDArray rows, int[] places, INDArray target) {
    double[] row = new double[(int) rows.size(1)];
    Plane from = Planes.reading(rows, row.length).plane(row);
    Planes written = Planes.changing(target, row.length);
    Plane to = written.plane(row);
    for (int i = 0; i < places.length; i++) {
      from.load(i);
      to.store(places[i]);
    }
    written.written();
  }

  /** The inner products of corresponding rows, float64. */
  static double[] dot(INDArray a, INDArray b) {
    double[] all = new double[(int) a.size(0)];
    int d = (int) a.size(1);
    Planes first = Planes.reading(a, d);
    Planes second = Planes.reading(b, d);
    first.inParallel(
        (from, to) -> {
          double[] x = new double[d];
          double[] y = new double[d];
          Plane ofA = first.plane(x);
          Plane ofB = second.plane(y);
          for (int j = from; j < to; j++) {
            ofA.load(j);
            ofB.load(j);
            all[j] = dot(x, y);
          }
        });
    return all;
  }

  /** Four sums: a processor adds to one only every fourth cycle. */
  private static double dot(double[] x, double[] y) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int i = 0;
    for (; i + 3 < x.length; i += 4) {
      first += x[i] * y[i];
      second += x[i + 1] * y[i + 1];
      third += x[i + 2] * y[i + 2];
      fourth += x[i + 3] * y[i + 3];
    }
    for (; i < x.length; i++) {
      first += x[i] * y[i];
    }
    return first + second + (third + fourth);
  }

  /**
   * Sums of rows: row j of the result is the sum of {@code coefficients[j][a]} times row j of
   * {@code matrices[a]}.
   */
  static INDArray combination(INDArray[] matrices, double[][] coefficients) {
    INDArray sum =
        Nd4j.createUninitialized(
            DataType.DOUBLE, new long[] {coefficients.length, matrices[0].size(1)}, 'c');
    combine(sum, matrices, coefficients);
    return sum;
  }

  /** The same written to a matrix, which may be among those that are added. */
  static void combine(INDArray target, INDArray[] matrices, double[][] coefficients) {
    int d = (int) target.size(1);
    Planes sums = Planes.changing(target, d);
    Planes[] added = Arrays.stream(matrices).map(m -> Planes.reading(m, d)).toArray(Planes[]::new);
    sums.inParallel(
        (from, to) -> {
          double[] sum = new double[d];
          double[] row = new double[d];
          Plane written = sums.plane(sum);
          Plane[] read = Arrays.stream(added).map(m -> m.plane(row)).toArray(Plane[]::new);
          for (int j = from; j < to; j++) {
            Arrays.fill(sum, 0);
            for (int a = 0; a < read.length; a++) {
              read[a].load(j);
              add(sum, coefficients[j][a], row);
            }
            written.store(j);
          }
        });
    sums.written();
  }

  private static void add(double[] sum, double factor, double[] row) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * row[i];
    }
  }
}
