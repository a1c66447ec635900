package org.explain4j.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import org.explain4j.network.Classifier;
import org.explain4j.network.arrays.Batches;
import org.explain4j.network.arrays.Elements;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A method's attributions of a batch, with remarks on single examples. An example whose numbers
 * exceed the network's type, as signals can in deep networks (w'a = 1 does not bound |a|), is
 * divided by its largest absolute value, which changes neither its picture nor the order of its
 * pixels.
 *
 * @param values {@code [n,...]} of the inputs' shape; largest absolute value 1 where an example was
 *     divided
 * @param magnitudes {@code [n]}: log10 of what an example was divided by; NaN where it was not
 */
public record Attributions(INDArray values, double[] magnitudes) implements AutoCloseable {

  /**
   * Attributions none of which was divided.
   *
   * @throws IllegalStateException if they are null, as a careless method may return them
   */
  public static Attributions of(INDArray values) {
    if (values == null) {
      throw new IllegalStateException("It returned null instead of attributions.");
    }
    double[] magnitudes = new double[(int) values.size(0)];
    Arrays.fill(magnitudes, Double.NaN);
    return new Attributions(values, magnitudes);
  }

  /**
   * Explains a batch at a time, so that memory does not grow with the number of examples.
   *
   * @param method is given at most {@link Classifier#batchSize} examples at a time
   * @throws IllegalArgumentException unless there is one class per example, and each exists
   */
  public static Attributions inBatches(
      Classifier classifier,
      INDArray inputs,
      int[] classes,
      BiFunction<INDArray, int[], Attributions> method) {
    Attributor.check(classifier, inputs, classes);
    int size = classifier.batchSize();
    if (classes.length <= size) {
      return method.apply(inputs, classes);
    }
    INDArray all = Nd4j.createUninitialized(classifier.dataType(), inputs.shape(), 'c');
    double[] magnitudes = new double[classes.length];
    for (int from = 0; from < classes.length; from += size) {
      int to = Math.min(classes.length, from + size);
      try (INDArray batch = Batches.slice(inputs, from, to);
          Attributions part = method.apply(batch, Arrays.copyOfRange(classes, from, to))) {
        all.get(NDArrayIndex.interval(from, to)).assign(part.values);
        System.arraycopy(part.magnitudes, 0, magnitudes, from, to - from);
      }
    }
    return new Attributions(all, magnitudes);
  }

  /**
   * Multiplies the values by factors, in place; an example that was divided is divided again, by
   * its new largest absolute value.
   *
   * @param factors of the values' shape
   */
  public Attributions times(INDArray factors) {
    Elements.product(values, factors, values);
    double[] changed = magnitudes.clone();
    double[] maxima = Elements.maxima(values);
    for (int i = 0; i < changed.length; i++) {
      if (!Double.isNaN(changed[i]) && maxima[i] > 0) {
        example(values, i).divi(maxima[i]);
        changed[i] += Math.log10(maxima[i]);
      }
    }
    return new Attributions(values, changed);
  }

  /** A view of one example, {@code [1,...]}. */
  static INDArray example(INDArray batch, int i) {
    INDArrayIndex[] row = new INDArrayIndex[batch.rank()];
    Arrays.fill(row, NDArrayIndex.all());
    row[0] = NDArrayIndex.interval(i, i + 1);
    return batch.get(row);
  }

  /**
   * The values, for methods that add up those of many examples: divided examples have no common
   * unit.
   *
   * @throws IllegalStateException if an example was divided
   */
  public INDArray undivided() {
    if (note().isPresent()) {
      close();
      throw new IllegalStateException(
          "Attributions beyond the network's type cannot be added up.\n"
              + "Maybe explain with the method itself, not with one that averages it.");
    }
    return values;
  }

  /** The same as {@link #note(DataType, double...)} of this batch. */
  public Optional<String> note() {
    return note(values.dataType(), magnitudes);
  }

  /**
   * A sentence for the user, if examples were divided.
   *
   * @param type the network's type, which their numbers exceed
   * @param magnitudes of this batch, or of all batches of a run
   */
  public static Optional<String> note(DataType type, double... magnitudes) {
    double[] divided = Arrays.stream(magnitudes).filter(m -> !Double.isNaN(m)).toArray();
    return divided.length == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%d of %d attributions are beyond %s (up to 1e%.0f) and were each divided by their"
                    + " largest absolute value; pictures and orders are the same.",
                divided.length,
                magnitudes.length,
                type == DataType.FLOAT ? "float32" : "float64",
                Arrays.stream(divided).max().orElseThrow()));
  }

  /** Frees the values. */
  @Override
  public void close() {
    values.close();
  }
}
