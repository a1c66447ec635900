package org.explain4j.api.moments;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.explain4j.api.network.Convolution;
import org.explain4j.api.network.LinearLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Sufficient statistics of one linear layer, for every estimator and for rho in closed form
 * (Kindermans et al., Eqs. 3, 4 and 7).
 *
 * <p>A sample is one input vector x of the layer's k neurons; in a convolution every receptive
 * field, zero-padded ones included. With {@code y = w'x + b}, {@code z = w'x}, {@code z+ = z
 * 1[y>0]}, {@code z- = z - z+}, {@code i = 1[y>0]}, the sums of x, z+, z-, i, their squares and
 * their products with x are kept, and with covariance also the sum of xx'.
 *
 * <p>All sums are float64. {@link #merge} is associative and commutative up to rounding. Not safe
 * for use by several threads: give each its own and merge.
 */
public final class LayerMoments implements AutoCloseable {
  private static final String COVARIANCE = "xx";

  private final INDArray weights; // [k,d] float64
  private final INDArray bias; // [k] float64
  private boolean covariance;
  private final long[] weightShape;
  private long count;
  private final LinearLayer layer;
  private final Map<String, INDArray> sums = new LinkedHashMap<>();
  private final SampleSums samples;
  private ConvolutionSums pending; // of batches that are not in the sums yet; null if none

  private LayerMoments(LinearLayer layer, boolean covariance) {
    this(layer, wide(layer), layer.bias().castTo(DataType.DOUBLE), covariance);
  }

  private LayerMoments(LinearLayer layer, INDArray weights, INDArray bias, boolean covariance) {
    this.layer = layer;
    long k = layer.neurons();
    long d = layer.fanIn();
    this.weightShape = layer.weights().shape();
    this.weights = weights;
    this.bias = bias;
    this.covariance = covariance;
    sums.put("x", zeros(d));
    for (String name : Totals.OUTPUTS) {
      sums.put(name, zeros(k));
    }
    for (String name : new String[] {"xz+", "xz-", "xi"}) {
      sums.put(name, zeros(k, d));
    }
    if (covariance) {
      sums.put(COVARIANCE, zeros(d, d));
    }
    samples = new SampleSums(weights, bias, sums);
  }

  /**
   * Empty moments.
   *
   * @param covariance whether to keep the sum of xx', d x d numbers, which rho needs
   */
  public static LayerMoments of(LinearLayer layer, boolean covariance) {
    return new LayerMoments(layer, covariance);
  }

  /** Empty moments of the same layer; they share the weights in float64. */
  public LayerMoments another(boolean withCovariance) {
    return new LayerMoments(layer, weights, bias, withCovariance);
  }

  private static INDArray wide(LinearLayer layer) {
    INDArray weights = layer.weights();
    INDArray wide =
        weights.dataType() == DataType.DOUBLE ? weights.dup('c') : weights.castTo(DataType.DOUBLE);
    INDArray ordered = wide.ordering() == 'c' ? wide : wide.dup('c');
    return ordered.reshape('c', layer.neurons(), layer.fanIn());
  }

  /**
   * Adds samples.
   *
   * @param samples {@code [n,d]}: inputs of a dense layer, {@link LinearLayer#patches} of a
   *     convolution
   */
  public void addSamples(INDArray samples) {
    count += samples.size(0);
    this.samples.add(samples);
  }

  /**
   * Adds every sample of a batch; for a convolution without unrolling its patches.
   *
   * @param input of the layer, {@code [n,d]} or {@code [n,c,h,w]}
   * @param output of the layer for it, with bias
   */
  public void addBatch(INDArray input, INDArray output) {
    if (!(layer instanceof Convolution convolution)
        || !ConvolutionSums.serves(convolution, covariance)) {
      INDArray patches = layer.patches(input);
      addSamples(patches);
      if (patches != input && patches.closeable()) {
        patches.close();
      }
      return;
    }
    if (pending == null) {
      pending = new ConvolutionSums(convolution, covariance);
    }
    Totals totals = new Totals(bias.toDoubleVector(), (int) fanIn());
    pending.add(input, output, totals);
    sums.get("x").addi(Nd4j.createFromArray(totals.inputs()));
    for (int i = 0; i < totals.outputs().length; i++) {
      sums.get(Totals.OUTPUTS.get(i)).addi(Nd4j.createFromArray(totals.outputs()[i]));
    }
    count += input.size(0) * output.size(2) * output.size(3);
  }

  /** Adds what waits for more samples to be added at once; every reading does so first. */
  void complete() {
    sums();
  }

  /** The sums, complete. */
  private Map<String, INDArray> sums() {
    samples.flush();
    if (pending != null) {
      pending.flush(sums);
      pending = null;
    }
    return sums;
  }

  /**
   * Adds another part of the data.
   *
   * @throws IllegalArgumentException if it is of other weights or has no covariance where this has
   */
  public void merge(LayerMoments other) {
    if (!weights.equals(other.weights) || !bias.equals(other.bias)) {
      throw new IllegalArgumentException("Moments of different weights cannot be merged.");
    }
    if (covariance != other.covariance) {
      throw new IllegalArgumentException("Moments with and without covariance cannot be merged.");
    }
    count += other.count;
    Map<String, INDArray> others = other.sums();
    sums().forEach((name, sum) -> sum.addi(others.get(name)));
  }

  /** Number of samples, n. */
  public long count() {
    return count;
  }

  /** Number of neurons, k. */
  public long neurons() {
    return weights.size(0);
  }

  /** Number of inputs of a neuron, d. */
  public long fanIn() {
    return weights.size(1);
  }

  public boolean hasCovariance() {
    return covariance;
  }

  /** The weights as {@code [k,d]}, float64. */
  public INDArray weights() {
    return weights;
  }

  /** The bias as {@code [k]}, float64. */
  public INDArray bias() {
    return bias;
  }

  /** Brings {@code [k,d]} into the layer's weight shape. */
  public INDArray shaped(INDArray matrix) {
    return matrix.reshape('c', weightShape);
  }

  /** E[x], {@code [d]}. */
  public INDArray meanX() {
    return mean("x");
  }

  /** E[z+], {@code [k]}. */
  public INDArray meanPositive() {
    return mean("z+");
  }

  /** E[z-], {@code [k]}. */
  public INDArray meanNegative() {
    return mean("z-");
  }

  /** pi+ = E[i]: how often each neuron is active, {@code [k]}. */
  public INDArray active() {
    return mean("i");
  }

  /** Number of samples at which each neuron is active, {@code [k]}. */
  public INDArray activeCount() {
    return sums().get("i").dup();
  }

  /** E[z+ z+], {@code [k]}; E[z+ z-] is zero. */
  public INDArray meanPositiveSquare() {
    return mean("z+z+");
  }

  /** E[z- z-], {@code [k]}. */
  public INDArray meanNegativeSquare() {
    return mean("z-z-");
  }

  /** E[x z+], {@code [k,d]}. */
  public INDArray meanXPositive() {
    return mean("xz+");
  }

  /** E[x z+] of the neurons {@code from} to {@code to}, {@code [to-from,d]}. */
  public INDArray meanXPositive(int from, int to) {
    return mean("xz+", from, to);
  }

  /** E[x z-], {@code [k,d]}. */
  public INDArray meanXNegative() {
    return mean("xz-");
  }

  /** E[x z-] of the neurons {@code from} to {@code to}, {@code [to-from,d]}. */
  public INDArray meanXNegative(int from, int to) {
    return mean("xz-", from, to);
  }

  /** E[x i], {@code [k,d]}. */
  public INDArray meanXActive() {
    return mean("xi");
  }

  /** E[x i] of the neurons {@code from} to {@code to}, {@code [to-from,d]}. */
  public INDArray meanXActive(int from, int to) {
    return mean("xi", from, to);
  }

  /**
   * Sigma = cov[x,x], {@code [d,d]}.
   *
   * @throws IllegalStateException if these moments have no covariance
   */
  public INDArray sigma() {
    requireSamples();
    return centred(covarianceSum().div(count));
  }

  /**
   * Sigma in place of the sum of xx', which these moments are without from then on: two matrices of
   * the widest layers do not fit into memory.
   *
   * @throws IllegalStateException as {@link #sigma()}
   */
  public INDArray takeSigma() {
    requireSamples();
    INDArray sigma = centred(covarianceSum().divi(count));
    sums.remove(COVARIANCE);
    covariance = false;
    return sigma;
  }

  private INDArray centred(INDArray sigma) {
    INDArray mean = meanX();
    for (long i = 0; i < fanIn(); i++) { // row by row: a temporary would be as large as Sigma
      try (INDArray part = mean.mul(mean.getDouble(i))) {
        sigma.getRow(i).subi(part);
      }
    }
    return sigma;
  }

  /** The sums of x z+, x z- and x i, {@code [k,d]} each; these moments' own, not to be changed. */
  public INDArray[] productSums() {
    Map<String, INDArray> all = sums();
    return new INDArray[] {all.get("xz+"), all.get("xz-"), all.get("xi")};
  }

  /** The variances of x, {@code [d]}; as {@link #sigma()} its diagonal. */
  public INDArray varianceX() {
    INDArray mean = meanX();
    return Nd4j.diag(covarianceSum()).div(count).subi(mean.mul(mean));
  }

  /**
   * Rows times Sigma, without a copy of Sigma.
   *
   * @param rows {@code [m,d]}, float64
   * @return {@code [m,d]}
   * @throws IllegalStateException as {@link #sigma()}
   */
  public INDArray timesSigma(INDArray rows) {
    INDArray mean = meanX().reshape(1, fanIn());
    INDArray product = rows.mmul(covarianceSum()).divi(count);
    try (INDArray along = rows.mmul(mean.transpose());
        INDArray correction = along.mmul(mean)) {
      return product.subi(correction);
    }
  }

  private INDArray covarianceSum() {
    INDArray sum = sums().get(COVARIANCE);
    if (sum == null) {
      throw new IllegalStateException(
          "These moments have no covariance: they were collected without, or it was taken.\n"
              + "Maybe collect them with it.");
    }
    return sum;
  }

  private INDArray mean(String name) {
    requireSamples();
    return sums().get(name).div(count);
  }

  private INDArray mean(String name, int from, int to) {
    requireSamples();
    INDArray rows = sums().get(name).get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
    return rows.div(count);
  }

  private void requireSamples() {
    if (count == 0) {
      throw new IllegalStateException("These moments have no samples yet.");
    }
  }

  /**
   * Writes the sums as a numpy archive.
   *
   * @throws IOException if the file cannot be written; nothing is left half-written
   */
  public void save(Path file) throws IOException {
    NumpyArchive.write(file, arrays());
  }

  /** The count and the sums themselves, by name. */
  Map<String, INDArray> arrays() {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    arrays.put("count", Nd4j.scalar(DataType.INT64, count));
    arrays.putAll(sums());
    return arrays;
  }

  /**
   * Reads what {@link #save} wrote for the same layer.
   *
   * @throws IOException if the file cannot be read or is of another layer; the message names it
   */
  public static LayerMoments load(Path file, LinearLayer layer) throws IOException {
    Map<String, INDArray> arrays = NumpyArchive.read(file);
    LayerMoments moments = new LayerMoments(layer, arrays.containsKey("xx"));
    moments.restore(file, arrays);
    return moments;
  }

  /** Takes over sums; the file is for messages. */
  void restore(Path file, Map<String, INDArray> arrays) throws IOException {
    for (Map.Entry<String, INDArray> sum : sums.entrySet()) {
      INDArray saved = arrays.get(sum.getKey());
      if (saved == null || !java.util.Arrays.equals(saved.shape(), sum.getValue().shape())) {
        throw new IOException(
            "%s: '%s' is %s, but the layer needs %s.\nMaybe it is of another network; delete it."
                .formatted(
                    file,
                    sum.getKey(),
                    saved == null ? "missing" : java.util.Arrays.toString(saved.shape()),
                    java.util.Arrays.toString(sum.getValue().shape())));
      }
      sum.setValue(saved).close();
    }
    pending = null;
    samples.clear();
    count = arrays.get("count").getLong(0);
  }

  /**
   * Reads what {@link #save} wrote, but for the sum of xx': all that estimators need.
   *
   * @throws IOException as {@link #load}
   */
  public static LayerMoments loadWithoutCovariance(Path file, LinearLayer layer)
      throws IOException {
    LayerMoments moments = new LayerMoments(layer, false);
    moments.restore(file, NumpyArchive.read(file, name -> !name.equals("xx")));
    return moments;
  }

  /** Releases the arrays; these moments can be used no more. */
  @Override
  public void close() {
    samples.clear();
    sums.values().forEach(INDArray::close);
    sums.clear();
    pending = null;
  }

  private static INDArray zeros(long... shape) {
    return Nd4j.zeros(DataType.DOUBLE, shape);
  }
}
