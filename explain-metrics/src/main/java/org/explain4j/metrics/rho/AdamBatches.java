package org.explain4j.metrics.rho;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.explain4j.metrics.rho.AdamBatch.NeuronMeans;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.arrays.HostMemory;
import org.explain4j.network.arrays.Planes;
import org.explain4j.network.arrays.Products;
import org.explain4j.network.arrays.Workers;
import org.explain4j.network.moments.LayerMoments;
import org.explain4j.network.moments.MiniBatches;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Mini-batches of split B, read some at a time: threads then need to wait for each other only once
 * for all of them. What neurons make of the samples is computed once, not in every epoch.
 */
final class AdamBatches implements AutoCloseable {
  /**
   * Inputs and outputs of the samples that are read at a time, if a mini-batch has fewer: 8 MiB of
   * inputs, or 32 MiB of what outputs become, at most.
   */
  private static final long NUMBERS = 1L << 21;

  private final MiniBatches drawn;
  private final INDArray meanX;
  private final NeuronMeans[] means;
  private final INDArray z; // w'x of all samples, centred, [samples,k]
  private final INDArray x; // [read at a time, d]
  private final List<AdamBatch> batches;

  /**
   * @param most mini-batches that are ever asked for at a time
   */
  AdamBatches(LinearLayer layer, LayerMoments moments, MiniBatches drawn, int most) {
    this.drawn = drawn;
    meanX = moments.meanX().castTo(DataType.FLOAT);
    means = means(moments, layer.bias().castTo(DataType.FLOAT).toFloatVector());
    int k = means.length;
    int n = drawn.size();
    long d = drawn.width();
    int count = (int) Math.max(1, Math.min(most, NUMBERS / (n * (d + k))));
    x = Nd4j.createUninitialized(DataType.FLOAT, new long[] {(long) count * n, d}, 'c');
    batches =
        IntStream.range(0, count)
            .mapToObj(b -> new AdamBatch(Workers.slice(x, b * n, (b + 1) * n), k))
            .toList();
    z = Nd4j.createUninitialized(DataType.FLOAT, new long[] {drawn.samples(), k}, 'c');
    multiply(layer.weights().castTo(DataType.FLOAT).reshape('c', k, d));
  }

  private static NeuronMeans[] means(LayerMoments moments, float[] bias) {
    INDArray plus = moments.meanPositive();
    INDArray minus = moments.meanNegative();
    float[] positive = floats(plus);
    float[] negative = floats(minus);
    float[] pre = floats(plus.add(minus).addi(moments.bias()));
    float[] post = floats(plus.add(moments.active().muli(moments.bias())));
    return IntStream.range(0, bias.length)
        .mapToObj(j -> new NeuronMeans(bias[j], positive[j], negative[j], pre[j], post[j]))
        .toArray(NeuronMeans[]::new);
  }

  private static float[] floats(INDArray numbers) {
    return numbers.castTo(DataType.FLOAT).toFloatVector();
  }

  /** In parts that are the same for any number of threads, on which the last bits would depend. */
  private void multiply(INDArray weights) {
    int all = drawn.samples();
    int most = (int) Math.max(1, NUMBERS / drawn.width());
    Workers.forEach(
        (all + most - 1) / most,
        part -> {
          int from = part * most;
          int to = Math.min(all, from + most);
          try (INDArray rows =
              Nd4j.createUninitialized(DataType.FLOAT, to - from, meanX.length())) {
            read(IntStream.range(from, to).toArray(), rows);
            INDArray target = Workers.slice(z, from, to);
            Products.multiply(rows, weights, Products.Transposed.SECOND, target, 0);
          }
        });
  }

  private void read(int[] samples, INDArray rows) {
    drawn.read(samples, rows);
    rows.subiRowVector(meanX);
  }

  /**
   * The next mini-batches, until the next call.
   *
   * @param most at least 1
   */
  List<AdamBatch> next(int most) {
    int count = Math.min(most, batches.size());
    int[] samples = IntStream.range(0, count).flatMap(b -> Arrays.stream(drawn.next())).toArray();
    Workers.run(samples.length, x.size(1) + means.length, (from, to) -> fill(samples, from, to));
    return batches.subList(0, count);
  }

  private void fill(int[] samples, int from, int to) {
    int n = drawn.size();
    read(Arrays.copyOfRange(samples, from, to), Workers.slice(x, from, to));
    int end;
    for (int start = from; start < to; start = end) {
      int b = start / n;
      end = Math.min(to, (b + 1) * n);
      float[] part = products(Arrays.copyOfRange(samples, start, end));
      for (int j = 0; j < means.length; j++) {
        batches.get(b).neuron(j, means[j], part, start - b * n);
      }
    }
  }

  /** w'x of some samples, one after the other. */
  private float[] products(int[] samples) {
    float[] numbers = new float[samples.length * means.length];
    try (INDArray rows = Nd4j.createUninitialized(DataType.FLOAT, samples.length, means.length)) {
      HostMemory.copyRows(z, samples, rows);
      Planes.reading(rows, numbers.length).plane(numbers).load(0);
    }
    return numbers;
  }

  @Override
  public void close() {
    x.close();
    z.close();
  }
}
