package org.explain4j.api;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.explain4j.network.Classifier;
import org.explain4j.network.arrays.Buffers;
import org.explain4j.network.arrays.HostMemory;
import org.explain4j.network.arrays.Planes;
import org.explain4j.network.arrays.Planes.Plane;
import org.explain4j.network.arrays.Workers;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Some examples as Java numbers, for methods that try many variants of each. Memory is bounded: a
 * method is given at most one internal batch of examples ({@link Attributor#of(Classifier,
 * java.util.function.Function)}), and variants go through the classifier a batch at a time, however
 * many there are.
 *
 * @param values the examples one after another, in C order
 * @param classes the class to explain for each example
 * @param keys hashes of the examples' contents, from which their random numbers are seeded
 */
public record ExampleBatch(Classifier classifier, double[] values, int[] classes, long[] keys) {
  /**
   * Cost of writing one number of a variant, which may be random, relative to one that a kernel
   * reads.
   */
  private static final int NUMBER_COST = 10;

  /** That pass at once at most: more of a small network gain no more. */
  private static final int VARIANTS = 800;

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /**
   * @param inputs {@code [n,c,h,w]} or {@code [n,d]}
   */
  public static ExampleBatch of(Classifier classifier, INDArray inputs, int[] classes) {
    double[] values = numbers(inputs);
    int size = values.length / classes.length;
    long[] keys = new long[classes.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = key(values, i * size, (i + 1) * size);
    }
    return new ExampleBatch(classifier, values, classes, keys);
  }

  /** A hash of the values in [from, to), rounded to float32. */
  private static long key(double[] values, int from, int to) {
    long hash = 1;
    for (int i = from; i < to; i++) {
      hash = GOLDEN * (hash ^ Float.floatToIntBits((float) values[i]));
      hash ^= hash >>> 29;
    }
    return hash;
  }

  /** Writes one variant of an example; several threads call it at once. */
  @FunctionalInterface
  public interface Maker {
    /** Writes all numbers of one variant of an example into the target. */
    void write(int example, int variant, double[] target);

    /**
     * Prepares what the variants from {@code first} to {@code last} share, before they are written.
     */
    default void prepare(int first, int last) {}
  }

  /** Maps a batch of variants, and the class to explain for each, to one row per variant. */
  @FunctionalInterface
  public interface Evaluator {
    INDArray apply(INDArray batch, int[] classes);
  }

  /** Receives the row of one variant: the numbers from {@code offset} on. */
  @FunctionalInterface
  public interface Taker {
    void take(int example, int variant, double[] rows, int offset);
  }

  /** Number of examples. */
  public int count() {
    return classes.length;
  }

  /** Numbers per example. */
  public int size() {
    return values.length / classes.length;
  }

  /** Where an example starts in {@link #values}. */
  public int start(int example) {
    return example * size();
  }

  /**
   * A stream of random numbers that belongs to an example's content, not to its place in a batch,
   * so a batch of n gives the same as n batches of one.
   *
   * @param seed at least 1
   */
  public SplittableRandom random(int example, long seed, int variant) {
    return stream(keys[example], seed, variant);
  }

  /** A stream for one variant that is the same for all examples. */
  public static SplittableRandom sharedRandom(long seed, int variant) {
    return stream(0, seed, variant);
  }

  private static SplittableRandom stream(long key, long seed, int variant) {
    return new SplittableRandom(key ^ seed * GOLDEN ^ Long.rotateLeft(variant * GOLDEN, 32));
  }

  /**
   * Evaluates variants 0 (inclusive) to {@code variants} (exclusive) of every example, variant by
   * variant.
   */
  public void each(int variants, Maker maker, Evaluator evaluator, Taker taker) {
    long total = (long) variants * count();
    int batch = (int) Math.min(total, Math.min(VARIANTS, classifier.largestBatch()));
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
    INDArray inputs = Buffers.uninitialized(classifier.dataType(), shape(rows));
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

  /**
   * An example of the input's shape that is constant in each channel.
   *
   * @param channels one value per channel, or a single one for all; for vectors only a single one
   * @throws IllegalArgumentException if there are neither
   */
  public double[] constant(List<Double> channels) {
    List<Long> shape = classifier.inputShape();
    int count = shape.size() == 3 ? Math.toIntExact(shape.get(0)) : 1;
    if (channels.size() != 1 && channels.size() != count) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "There are %d values, but the input has %d channels.\nMaybe give a single value for all.",
              channels.size(),
              count));
    }
    double[] example = new double[size()];
    for (int i = 0; i < example.length; i++) {
      double value = channels.get(channels.size() == 1 ? 0 : i / (example.length / count));
      // As the classifier sees it: a float32 network rounds.
      example[i] = classifier.dataType() == DataType.DOUBLE ? value : (float) value;
    }
    return example;
  }

  /** The logit of the class in question, {@code [n,1]}. */
  public INDArray logits(INDArray batch, int[] asked) {
    try (INDArray logits = classifier.logits(batch)) {
      return pick(logits, asked);
    }
  }

  /** The soft-max probability of the class in question, {@code [n,1]}. */
  public INDArray probabilities(INDArray batch, int[] asked) {
    try (INDArray probabilities = classifier.probabilities(batch)) {
      return pick(probabilities, asked);
    }
  }

  private static INDArray pick(INDArray outputs, int[] asked) {
    double[] all = numbers(outputs);
    int width = all.length / asked.length;
    double[] picked = new double[asked.length];
    for (int i = 0; i < asked.length; i++) {
      picked[i] = all[i * width + asked[i]];
    }
    return Nd4j.createFromArray(picked).reshape(asked.length, 1);
  }

  /** Numbers of all examples, {@code [n,...]}, in the classifier's type. */
  INDArray array(double[] numbers) {
    return Nd4j.createFromArray(numbers).castTo(classifier.dataType()).reshape('c', shape(count()));
  }

  private long[] shape(int rows) {
    long[] shape = new long[classifier.inputShape().size() + 1];
    shape[0] = rows;
    for (int i = 1; i < shape.length; i++) {
      shape[i] = classifier.inputShape().get(i - 1);
    }
    return shape;
  }

  /** An array's numbers, in C order; many times faster than asking ND4J for one at a time. */
  private static double[] numbers(INDArray array) {
    double[] numbers = new double[Math.toIntExact(array.length())];
    try (INDArray wide = Nd4j.createUninitialized(DataType.DOUBLE, array.shape(), 'c')) {
      HostMemory.doubles(wide.assign(array)).get(numbers);
    }
    return numbers;
  }
}
