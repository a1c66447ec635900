package org.explain4j.network.moments;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.explain4j.network.Convolution;
import org.explain4j.network.LinearLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The sums that a layer's moments are made of, by name: of x, z+, z-, i, their squares, their
 * products with x, and with covariance that of xx'. Float64.
 */
final class LayerSums implements AutoCloseable {
  static final String COVARIANCE = "xx";
  private static final String WAITING = "waiting";

  private final LinearLayer layer;
  private final INDArray bias; // [k] float64
  private final Map<String, long[]> shapes = new LinkedHashMap<>();
  private final Map<String, INDArray> sums = new LinkedHashMap<>(); // empty until needed
  private final SampleSums samples;
  private ConvolutionSums pending; // of batches that are not in the sums yet; null if none
  private long count;

  /**
   * No memory is taken before samples come or sums are read: sums of a wide layer that are restored
   * from a file need no zeros beside them.
   *
   * @param weights of the layer, {@code [k,d]} float64
   */
  LayerSums(LinearLayer layer, Supplier<INDArray> weights, INDArray bias, boolean covariance) {
    this.layer = layer;
    this.bias = bias;
    long k = layer.neurons();
    long d = layer.fanIn();
    shapes.put("x", new long[] {d});
    for (String name : Totals.OUTPUTS) {
      shapes.put(name, new long[] {k});
    }
    for (String name : new String[] {"xz+", "xz-", "xi"}) {
      shapes.put(name, new long[] {k, d});
    }
    if (covariance) {
      shapes.put(COVARIANCE, new long[] {d, d});
    }
    samples = new SampleSums(weights, bias, sums);
  }

  private Map<String, INDArray> allocated() {
    if (sums.isEmpty()) {
      shapes.forEach((name, shape) -> sums.put(name, Nd4j.zeros(DataType.DOUBLE, shape)));
    }
    return sums;
  }

  /** Number of samples. */
  long count() {
    return count;
  }

  boolean hasCovariance() {
    return shapes.containsKey(COVARIANCE);
  }

  /** Adds samples {@code [n,d]}. */
  void addSamples(INDArray rows) {
    count += rows.size(0);
    allocated();
    samples.add(rows);
  }

  /** Adds every sample of a batch, given the layer's input and output. */
  void addBatch(INDArray input, INDArray output) {
    if (!(layer instanceof Convolution convolution)
        || !ConvolutionSums.serves(convolution, hasCovariance())) {
      INDArray patches = layer.patches(input);
      addSamples(patches);
      if (patches != input && patches.closeable()) {
        patches.close();
      }
      return;
    }
    if (pending == null) {
      pending = new ConvolutionSums(convolution, hasCovariance());
    }
    Totals totals = new Totals(bias.toDoubleVector(), (int) layer.fanIn());
    pending.add(input, output, totals);
    allocated().get("x").addi(Nd4j.createFromArray(totals.inputs()));
    for (int i = 0; i < totals.outputs().length; i++) {
      sums.get(Totals.OUTPUTS.get(i)).addi(Nd4j.createFromArray(totals.outputs()[i]));
    }
    count += input.size(0) * output.size(2) * output.size(3);
  }

  /** All sums, with what waited for more samples. */
  Map<String, INDArray> complete() {
    allocated();
    samples.flush();
    if (pending != null) {
      pending.flush(sums);
      pending = null;
    }
    return sums;
  }

  /** A sum, complete; null if there is none. */
  INDArray get(String name) {
    return complete().get(name);
  }

  /** A sum divided by the number of samples. */
  INDArray mean(String name) {
    requireSamples();
    return get(name).div(count);
  }

  /** The same of the rows {@code from} to {@code to}. */
  INDArray mean(String name, int from, int to) {
    requireSamples();
    return get(name).get(NDArrayIndex.interval(from, to), NDArrayIndex.all()).div(count);
  }

  private void requireSamples() {
    if (count == 0) {
      throw new IllegalStateException("These moments have no samples yet.");
    }
  }

  /**
   * The sum of xx'.
   *
   * @throws IllegalStateException if there is none
   */
  INDArray covariance() {
    requireSamples();
    INDArray sum = get(COVARIANCE);
    if (sum == null) {
      throw new IllegalStateException(
          "These moments have no covariance: they were collected without it, or it was taken.\n"
              + "Maybe collect them with it.");
    }
    return sum;
  }

  /** Gives the sum of xx' away. */
  void withoutCovariance() {
    complete().remove(COVARIANCE);
    shapes.remove(COVARIANCE);
  }

  /** Adds those of another part of the data. */
  void merge(LayerSums other) {
    count += other.count;
    Map<String, INDArray> others = other.complete();
    complete().forEach((name, sum) -> sum.addi(others.get(name)));
  }

  /** The count and the sums themselves, by name. */
  Map<String, INDArray> arrays() {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    arrays.put("count", Nd4j.scalar(DataType.INT64, count));
    arrays.putAll(complete());
    return arrays;
  }

  /** Likewise, without adding what waits for more samples: that has names of its own. */
  Map<String, INDArray> state() {
    Map<String, INDArray> state = new LinkedHashMap<>();
    state.put("count", Nd4j.scalar(DataType.INT64, count));
    state.putAll(allocated());
    samples.waiting().ifPresent(rows -> state.put(WAITING, rows));
    if (pending != null) {
      state.putAll(pending.state());
    }
    return state;
  }

  /**
   * Takes over what {@link #arrays} or {@link #state} gave.
   *
   * @param file for messages
   * @throws IOException if they are of another layer
   */
  void restore(Path file, Map<String, INDArray> arrays) throws IOException {
    INDArray saved = arrays.get("count");
    if (saved == null) {
      throw new IOException(file + ": 'count' is missing.\nMaybe delete the file.");
    }
    for (Map.Entry<String, long[]> shape : shapes.entrySet()) {
      requireShape(file, shape, arrays.get(shape.getKey()));
    }
    sums.values().forEach(INDArray::close);
    sums.clear();
    shapes.keySet().forEach(name -> sums.put(name, arrays.get(name)));
    pending = null;
    samples.clear();
    if (arrays.containsKey(WAITING)) {
      samples.restore(arrays.get(WAITING));
    }
    if (layer instanceof Convolution convolution && ConvolutionSums.isIn(arrays)) {
      pending = new ConvolutionSums(convolution, hasCovariance());
      pending.restore(arrays);
    }
    count = saved.getLong(0);
  }

  private static void requireShape(Path file, Map.Entry<String, long[]> shape, INDArray saved)
      throws IOException {
    if (saved == null || !Arrays.equals(saved.shape(), shape.getValue())) {
      throw new IOException(
          "%s: '%s' is %s, but the layer needs %s.\nMaybe it belongs to another network; delete it."
              .formatted(
                  file,
                  shape.getKey(),
                  saved == null ? "missing" : Arrays.toString(saved.shape()),
                  Arrays.toString(shape.getValue())));
    }
  }

  /** Releases the sums; from then on they are as without samples. */
  @Override
  public void close() {
    samples.clear();
    sums.values().forEach(INDArray::close);
    sums.clear();
    pending = null;
    count = 0;
  }
}
