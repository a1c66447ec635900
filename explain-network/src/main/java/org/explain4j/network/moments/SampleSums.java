package org.explain4j.network.moments;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
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
  /** Rows that are widened to float64 at a time: bounds the memory of temporaries. */
  static final long TILE = 16_384;

  /** Neurons, or inputs, that one thread multiplies at a time. */
  private static final int BLOCK = 256;

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

  /**
   * Adds samples.
   *
   * @param samples {@code [n,d]}
   */
  void add(INDArray samples) {
    long n = samples.size(0);
    for (long from = 0; from < n; from += TILE) {
      long to = Math.min(n, from + TILE);
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
    int count = Math.toIntExact((rows + BLOCK - 1) / BLOCK);
    Workers.forEach(
        count, block -> part.run(block * BLOCK, (int) Math.min(rows, (block + 1L) * BLOCK)));
  }

  private void addNeurons(INDArray x, INDArray weights, int from, int to) {
    int neurons = to - from;
    long n = x.size(0);
    try (INDArray negative = Nd4j.createUninitialized(DataType.DOUBLE, n, neurons);
        INDArray positive = Nd4j.createUninitialized(DataType.DOUBLE, n, neurons);
        INDArray active = Nd4j.createUninitialized(DataType.DOUBLE, n, neurons)) {
      Products.multiply(x, weights, Products.Transposed.SECOND, negative, 0);
      INDArray offsets = bias.get(NDArrayIndex.interval(from, to));
      double[][] totals = split(negative, positive, active, offsets.toDoubleVector());
      for (int i = 0; i < totals.length; i++) {
        sums.get(Totals.OUTPUTS.get(i))
            .get(NDArrayIndex.interval(from, to))
            .addi(Nd4j.createFromArray(totals[i]));
      }
      multiply(positive, x, Workers.slice(sums.get("xz+"), from, to));
      multiply(negative, x, Workers.slice(sums.get("xz-"), from, to));
      multiply(active, x, Workers.slice(sums.get("xi"), from, to));
    }
  }

  /**
   * Splits z by regime and sums.
   *
   * @param negative z at first, then z-
   * @return the sums of {@link Totals#OUTPUTS} by neuron
   */
  private static double[][] split(
      INDArray negative, INDArray positive, INDArray active, double[] bias) {
    double[][] totals = new double[Totals.OUTPUTS.size()][bias.length];
    Planes minuses = Planes.writing(negative, bias.length);
    Planes pluses = Planes.writing(positive, bias.length);
    Planes actives = Planes.writing(active, bias.length);
    Plane minus = Planes.reading(negative, bias.length).plane();
    Plane plus = pluses.plane();
    Plane on = actives.plane();
    for (int row = 0; row < minuses.count(); row++) {
      minus.load(row);
      for (int i = 0; i < bias.length; i++) {
        double z = minus.get(i);
        double open = z + bias[i] > 0 ? 1 : 0;
        double above = open * z;
        double below = z - above;
        plus.set(i, above);
        minus.set(i, below);
        on.set(i, open);
        totals[0][i] += above;
        totals[1][i] += below;
        totals[2][i] += open;
        totals[3][i] += above * above;
        totals[4][i] += below * below;
      }
      minus.store(row);
      plus.store(row);
      on.store(row);
    }
    minuses.written();
    pluses.written();
    actives.written();
    return totals;
  }

  /** Adds a'b in place: a temporary would be as large as the sum, gigabytes in a wide layer. */
  private static void multiply(INDArray a, INDArray b, INDArray sum) {
    Products.multiply(a, b, Products.Transposed.FIRST, sum, 1);
  }
}
