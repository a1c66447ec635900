package org.explain4j.network.moments;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.explain4j.network.arrays.Buffers;
import org.explain4j.network.arrays.Planes;
import org.explain4j.network.arrays.Planes.Plane;
import org.explain4j.network.arrays.Products;
import org.explain4j.network.arrays.Workers;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Sums over samples that are rows of a matrix, all in float64.
 *
 * <p>A wide dense layer's sums are gigabytes, which every update reads and writes: rows are
 * therefore collected until an update has work to do meanwhile. Neurons are shared out among
 * threads.
 */
final class SampleSums {
  /** Rows that are summed at a time: a cache holds those of a narrow layer ... */
  private static final long ROWS = 2048;

  /** ... and more of the narrowest, where starting operations would take most of the time. */
  private static final long MANY_ROWS = 8192;

  /** Their inputs and neurons. */
  private static final long NARROWEST = 64;

  /**
   * Neurons, or inputs, that one thread multiplies at a time, if there are more than twice as many
   * ...
   */
  private static final int LEAST_BLOCK = 32;

  /** ... and at most. */
  private static final int MOST_BLOCK = 256;

  /** Sums of products with x, in order. */
  static final List<String> PRODUCTS = List.of("xz+", "xz-", "xi");

  /** Fewer rows wait for others. */
  private static final long ENOUGH = 256;

  private final Supplier<INDArray> weights; // [k,d] float64
  private final INDArray bias; // [k] float64
  private final Map<String, INDArray> sums;
  private final List<INDArray> waiting = new ArrayList<>();
  private long rows; // waiting

  SampleSums(Supplier<INDArray> weights, INDArray bias, Map<String, INDArray> sums) {
    this.weights = weights;
    this.bias = bias;
    this.sums = sums;
  }

  /** Rows that are summed at a time for k neurons of d inputs. */
  static long rows(long d, long k) {
    return d + k <= NARROWEST ? MANY_ROWS : ROWS;
  }

  /**
   * Adds samples.
   *
   * @param samples {@code [n,d]}
   */
  void add(INDArray samples) {
    long n = samples.size(0);
    long most = rows(samples.size(1), bias.length());
    for (long from = 0; from < n; from += most) {
      long to = Math.min(n, from + most);
      INDArray part = samples.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
      INDArray x = part.dataType() == DataType.DOUBLE ? part.dup('c') : wide(part);
      if (to - from < ENOUGH) {
        waiting.add(x);
        rows += to - from;
      } else {
        try (x) {
          addTile(x);
        }
      }
    }
    if (rows >= ENOUGH) {
      flush();
    }
  }

  /** Adds the rows that wait. */
  void flush() {
    if (rows == 0) {
      return;
    }
    try (INDArray x = Nd4j.vstack(waiting)) {
      addTile(x);
    }
    clear();
  }

  /** The rows that wait, {@code [n,d]} float64; empty if none do. */
  Optional<INDArray> waiting() {
    return rows == 0 ? Optional.empty() : Optional.of(Nd4j.vstack(waiting));
  }

  /** Lets rows wait as they did when {@link #waiting} gave them. */
  void restore(INDArray saved) {
    waiting.add(saved);
    rows = saved.size(0);
  }

  /** Forgets the rows that wait. */
  void clear() {
    waiting.forEach(INDArray::close);
    waiting.clear();
    rows = 0;
  }

  private static INDArray wide(INDArray rows) {
    INDArray x = rows.castTo(DataType.DOUBLE);
    return x.ordering() == 'c' ? x : x.dup('c');
  }

  private void addTile(INDArray x) {
    try (INDArray sum = x.sum(0)) {
      sums.get("x").addi(sum);
    }
    INDArray all = weights.get();
    blocks(all.size(0), (from, to) -> addNeurons(x, Workers.slice(all, from, to), from, to));
    if (sums.containsKey("xx")) {
      INDArray sum = sums.get("xx");
      blocks(
          x.size(1),
          (from, to) -> multiply(Products.columns(x, from, to), x, Workers.slice(sum, from, to)));
    }
  }

  /** In blocks that are the same for any number of threads, on which the last bits would depend. */
  private static void blocks(long rows, Workers.Part part) {
    long few = Math.min(LEAST_BLOCK, (rows + 1) / 2); // two blocks of the narrowest layers
    long size = Math.max(few, Math.min(MOST_BLOCK, rows / 4));
    int count = Math.toIntExact((rows + size - 1) / size);
    Workers.forEach(
        count, block -> part.run((int) (block * size), (int) Math.min(rows, (block + 1) * size)));
  }

  private void addNeurons(INDArray x, INDArray weights, int from, int to) {
    int neurons = to - from;
    long n = x.size(0);
    INDArray z = Buffers.uninitialized(DataType.DOUBLE, n, neurons);
    INDArray regimes = Buffers.uninitialized(DataType.DOUBLE, n, (long) PRODUCTS.size() * neurons);
    Products.multiply(x, weights, Products.Transposed.SECOND, z, 0);
    INDArray offsets = bias.get(NDArrayIndex.interval(from, to));
    double[][] totals = split(z, offsets.toDoubleVector(), regimes);
    for (int i = 0; i < totals.length; i++) {
      sums.get(Totals.OUTPUTS.get(i))
          .get(NDArrayIndex.interval(from, to))
          .addi(Nd4j.createFromArray(totals[i]));
    }
    for (int i = 0; i < PRODUCTS.size(); i++) {
      INDArray part = Products.columns(regimes, (long) i * neurons, (i + 1L) * neurons);
      multiply(part, x, Workers.slice(sums.get(PRODUCTS.get(i)), from, to));
    }
    Buffers.release(z);
    Buffers.release(regimes);
  }

  /**
   * Splits z by regime and sums.
   *
   * @param regimes where z+, z- and i are written, beside each other
   * @return the sums of {@link Totals#OUTPUTS} by neuron
   */
  private static double[][] split(INDArray z, double[] bias, INDArray regimes) {
    int k = bias.length;
    double[][] totals = new double[Totals.OUTPUTS.size()][k];
    Plane in = Planes.reading(z, Math.toIntExact(z.length())).plane().load(0);
    Planes target = Planes.writing(regimes, Math.toIntExact(regimes.length()));
    Plane out = target.plane();
    for (int row = 0; row < z.size(0); row++) {
      int from = row * k;
      int to = PRODUCTS.size() * from;
      for (int j = 0; j < k; j++) {
        double value = in.get(from + j);
        // A product, not a choice of ways, which would be guessed wrong half the time.
        double open = value + bias[j] > 0 ? 1 : 0;
        double above = open * value;
        double below = value - above;
        out.set(to + j, above);
        out.set(to + k + j, below);
        out.set(to + 2 * k + j, open);
        totals[0][j] += above;
        totals[1][j] += below;
        totals[2][j] += open;
        totals[3][j] += above * above;
        totals[4][j] += below * below;
      }
    }
    out.store(0);
    target.written();
    return totals;
  }

  /** Adds a'b in place: a temporary would be as large as the sum, gigabytes in a wide layer. */
  private static void multiply(INDArray a, INDArray b, INDArray sum) {
    Products.multiply(a, b, Products.Transposed.FIRST, sum, 1);
  }
}
