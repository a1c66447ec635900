package org.explain4j.network.moments;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.explain4j.network.Convolution;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.arrays.Buffers;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The sums that a layer's moments are made of, by name: of x, z+, z-, i, their squares, their
 * products with x, and with covariance that of xx'. Float64. Of a layer of several groups x and xx'
 * have a first size for the groups.
 */
final class LayerSums implements AutoCloseable {
  static final String INPUTS = "x";
  static final String COVARIANCE = "xx";
  private static final String WAITING = "waiting";

  private final LinearLayer layer;
  private final INDArray bias; // [k] float64
  private final Map<String, long[]> shapes = new LinkedHashMap<>();
  private final Map<String, INDArray> sums = new LinkedHashMap<>(); // empty until needed
  private final SampleSums samples;
  private final GroupSums groups;
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
    int g = layer.groups();
    shapes.put(INPUTS, g == 1 ? new long[] {d} : new long[] {g, d});
    for (String name : Totals.OUTPUTS) {
      shapes.put(name, new long[] {k});
    }
    for (String name : SampleSums.PRODUCTS) {
      shapes.put(name, new long[] {k, d});
    }
    if (covariance) {
      shapes.put(COVARIANCE, g == 1 ? new long[] {d, d} : new long[] {g, d, d});
    }
    samples = new SampleSums(weights, bias, sums);
    groups = new GroupSums(layer, weights, bias, covariance);
  }

  private Map<String, INDArray> allocated() {
    if (sums.isEmpty()) {
      shapes.forEach((name, shape) -> sums.put(name, Nd4j.zeros(DataType.DOUBLE, shape)));
      groups.share(sums);
    }
    return sums;
  }

  /** Takes arrays for its sums, in place of those it had. */
  void take(Map<String, INDArray> arrays) {
    sums.clear();
    shapes.keySet().forEach(name -> sums.put(name, arrays.get(name)));
    groups.share(sums);
  }

  /** A group's part of these sums, closed with them. */
  LayerSums group(int group) {
    complete();
    return groups.get(group);
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
    groups.addSamples(rows);
    if (groups.isEmpty()) {
      samples.add(rows);
    }
  }

  /** Adds every sample of a batch, given the layer's input and output. */
  void addBatch(INDArray input, INDArray output) {
    if (!groups.isEmpty()) {
      allocated();
      groups.addBatch(input, output);
      count = groups.get(0).count();
      return;
    }
    if (!(layer instanceof Convolution convolution)
        || !ConvolutionSums.serves(convolution, hasCovariance())) {
      INDArray patches = layer.patches(input);
      addSamples(patches);
      if (patches != input) {
        Buffers.release(patches);
      }
      return;
    }
    Totals totals = new Totals(bias.toDoubleVector(), (int) layer.fanIn(), output);
    if (WinogradSums.serves(convolution, hasCovariance())) {
      WinogradSums.add(convolution, input, output, totals, allocated());
    } else {
      pending = pending == null ? new ConvolutionSums(convolution, hasCovariance()) : pending;
      pending.add(input, output, totals);
    }
    totals.addTo(allocated());
    count += input.size(0) * output.size(2) * output.size(3);
  }

  /** All sums, with what waited for more samples. */
  Map<String, INDArray> complete() {
    allocated();
    groups.complete();
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
    if (name.equals(INPUTS)) {
      requireOneGroup();
    }
    return get(name).div(count);
  }

  private void requireOneGroup() {
    if (!groups.isEmpty()) {
      throw new IllegalStateException(
          "The groups of this layer have inputs of their own.\nMaybe ask the moments of each group.");
    }
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
    requireOneGroup();
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
    Map<String, INDArray> others = other.complete();
    complete().forEach((name, sum) -> sum.addi(others.get(name)));
    counted(count + other.count);
  }

  void counted(long total) {
    count = total;
    groups.counted(total);
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
    state.putAll(rest());
    return state;
  }

  /** What was added and is not in the sums yet, by name. */
  Map<String, INDArray> rest() {
    Map<String, INDArray> rest = groups.rest();
    samples.waiting().ifPresent(rows -> rest.put(WAITING, rows));
    if (pending != null) {
      rest.putAll(pending.state());
    }
    return rest;
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
      requireShape(file, shape.getKey(), shape.getValue(), arrays.get(shape.getKey()));
    }
    close();
    take(arrays);
    restoreRest(file, arrays);
    counted(saved.getLong(0));
  }

  /** Takes over what {@link #rest} gave, among other arrays. */
  void restoreRest(Path file, Map<String, INDArray> arrays) throws IOException {
    if (arrays.containsKey(WAITING)) {
      samples.restore(arrays.get(WAITING));
    }
    if (layer instanceof Convolution convolution && ConvolutionSums.isIn(arrays)) {
      pending = new ConvolutionSums(convolution, hasCovariance());
      pending.restore(file, arrays);
    }
    groups.restore(file, arrays);
  }

  static void requireShape(Path file, String name, long[] shape, INDArray saved)
      throws IOException {
    if (saved == null || !Arrays.equals(saved.shape(), shape)) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s: '%s' is %s, but the layer needs %s.\nMaybe it belongs to another network; delete it.",
              file,
              name,
              saved == null ? "missing" : Arrays.toString(saved.shape()),
              Arrays.toString(shape)));
    }
  }

  /** Releases the sums; from then on they are as without samples. */
  @Override
  public void close() {
    sums.values().forEach(INDArray::close);
    forget();
  }

  /** The same where another closes the arrays. */
  void forget() {
    samples.clear();
    sums.clear();
    pending = null;
    count = 0;
    groups.forget();
  }
}
