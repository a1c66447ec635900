package org.explain4j.methods.explainers;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.explain4j.api.network.Buffers;
import org.explain4j.api.network.Network;
import org.explain4j.api.network.Planes;
import org.explain4j.api.network.Planes.Plane;
import org.explain4j.api.network.Workers;
import org.explain4j.methods.rules.ChannelValues;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Some examples as Java numbers, for methods that try many variants of each. Memory is bounded: a
 * chunk has at most an internal batch of examples, and variants go through the network a batch at a
 * time, however many there are.
 *
 * @param values the examples one after the other, in C order
 * @param keys hashes of the examples' contents
 */
record Chunk(Network network, double[] values, int[] classes, long[] keys) {
  /** What a variant's number costs, which may be random, beside one that a kernel only reads. */
  private static final int NUMBER_COST = 10;

  Chunk(Network network, double[] values, int[] classes) {
    this(network, values, classes, new long[classes.length]);
    for (int i = 0; i < keys.length; i++) {
      keys[i] = Keys.of(values, start(i), start(i) + size());
    }
  }

  /** Makes one variant of an example; several threads call it at once. */
  interface Maker {
    /** Writes all numbers of the target, an example's. */
    void write(int example, int variant, double[] target);

    /** Makes what variants from the first to the last share, before they are written. */
    default void prepare(int first, int last) {}
  }

  /** Maps a batch of variants and the classes to explain to a row each. */
  interface Evaluator {
    INDArray apply(INDArray batch, int[] classes);
  }

  /** Takes the row of one variant. */
  interface Taker {
    void take(int example, int variant, double[] rows, int offset);
  }

  /**
   * Explains examples chunk by chunk.
   *
   * @param method maps a chunk to its attributions, in the order of its values
   */
  static INDArray attribute(
      Network network, INDArray inputs, int[] classes, Function<Chunk, double[]> method) {
    return BatchSize.attribute(
        network,
        inputs,
        classes,
        (batch, asked) -> {
          Chunk chunk = new Chunk(network, numbers(batch), asked);
          return chunk.array(method.apply(chunk), asked.length);
        });
  }

  /** Number of examples. */
  int count() {
    return classes.length;
  }

  /** Numbers per example. */
  int size() {
    return values.length / classes.length;
  }

  /** Where an example starts. */
  int start(int example) {
    return example * size();
  }

  /** An example's content as a key for random numbers. */
  long key(int example) {
    return keys[example];
  }

  /** Evaluates variants 0 to {@code variants} of every example, each variant of all in turn. */
  void each(int variants, Maker maker, Evaluator evaluator, Taker taker) {
    long total = (long) variants * count();
    int batch = (int) Math.min(total, BatchSize.of(network));
    int[] asked = new int[batch];
    for (long from = 0; from < total; from += batch) {
      int rows = (int) Math.min(batch, total - from);
      maker.prepare((int) (from / count()), (int) ((from + rows - 1) / count()));
      for (int r = 0; r < rows; r++) {
        asked[r] = classes[(int) ((from + r) % count())];
      }
      INDArray inputs = inputs(maker, from, rows);
      INDArray outputs = evaluator.apply(inputs, Arrays.copyOf(asked, rows));
      double[] results = numbers(outputs);
      if (!Buffers.shared(outputs, inputs)) {
        Buffers.release(outputs);
      }
      Buffers.release(inputs);
      for (int r = 0; r < rows; r++) {
        int example = (int) ((from + r) % count());
        int width = results.length / rows;
        taker.take(example, (int) ((from + r) / count()), results, r * width);
      }
    }
  }

  private INDArray inputs(Maker maker, long start, int rows) {
    INDArray inputs = Buffers.uninitialized(network.dataType(), shape(rows));
    Planes planes = Planes.writing(inputs, size());
    Workers.run(
        rows,
        (long) NUMBER_COST * size(),
        (from, to) -> {
          double[] variant = new double[size()];
          Plane row = planes.plane();
          for (int r = from; r < to; r++) {
            int example = (int) ((start + r) % count());
            maker.write(example, (int) ((start + r) / count()), variant);
            for (int i = 0; i < variant.length; i++) {
              row.set(i, variant[i]);
            }
            row.store(r);
          }
        });
    return planes.written();
  }

  /** An example of the chunk's shape that is constant in each channel: one value each, or one. */
  double[] constant(List<Double> channels) {
    try (INDArray like = array(Arrays.copyOf(values, size()), 1);
        INDArray example = ChannelValues.examples(channels, like, 1)) {
      return numbers(example);
    }
  }

  /** The logit of the asked class, {@code [n,1]}. */
  INDArray logits(INDArray batch, int[] asked) {
    try (INDArray logits = network.logits(batch)) {
      return pick(logits, asked);
    }
  }

  /** The soft-max probability of the asked class, {@code [n,1]}. */
  INDArray probabilities(INDArray batch, int[] asked) {
    try (INDArray probabilities = network.probabilities(batch)) {
      return pick(probabilities, asked);
    }
  }

  private static INDArray pick(INDArray outputs, int[] asked) {
    double[] picked = new double[asked.length];
    for (int i = 0; i < asked.length; i++) {
      picked[i] = outputs.getDouble(i, asked[i]);
    }
    return Nd4j.createFromArray(picked).reshape(asked.length, 1);
  }

  private INDArray array(double[] numbers, int rows) {
    return Nd4j.createFromArray(numbers).castTo(network.dataType()).reshape('c', shape(rows));
  }

  private long[] shape(int rows) {
    long[] shape = new long[network.inputShape().size() + 1];
    shape[0] = rows;
    for (int i = 1; i < shape.length; i++) {
      shape[i] = network.inputShape().get(i - 1);
    }
    return shape;
  }

  /** An array's numbers, in C order; many times faster than ND4J's one by one. */
  private static double[] numbers(INDArray array) {
    double[] numbers = new double[Math.toIntExact(array.length())];
    try (INDArray wide = Nd4j.createUninitialized(DataType.DOUBLE, array.shape(), 'c')) {
      wide.assign(array).data().asNioDouble().get(numbers);
    }
    return numbers;
  }
}
