package org.explain4j.network.moments;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.arrays.Products;
import org.explain4j.network.files.FileSum;
import org.explain4j.network.numpy.NumpyArchive;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Sufficient statistics of one linear layer, for every estimator and for rho in closed form
 * (Kindermans et al., Eqs. 3, 4 and 7).
 *
 * <p>A sample is one input vector x of the layer's k neurons; for a convolution every receptive
 * field is one, including zero-padded ones. With {@code y = w'x + b}, {@code z = w'x}, {@code z+ =
 * z 1[y>0]}, {@code z- = z - z+}, {@code i = 1[y>0]}, the sums of x, z+, z-, i, their squares and
 * their products with x are kept, and with covariance also the sum of xx'.
 *
 * <p>Of a convolution of several groups each group sees an x of its own: what is said of x is then
 * asked of one {@link #group}.
 *
 * <p>All sums are float64. {@link #merge} is associative and commutative up to rounding. Not safe
 * for use by several threads: give each its own and merge.
 */
public final class LayerMoments implements AutoCloseable {
  private final LinearLayer layer;
  private final INDArray bias; // [k] float64
  private final WideWeights weights;
  private final LayerSums sums;

  private LayerMoments(LinearLayer layer, INDArray bias, WideWeights weights, LayerSums sums) {
    this.layer = layer;
    this.bias = bias;
    this.weights = weights;
    this.sums = sums;
  }

  /**
   * Empty moments.
   *
   * @param covariance whether to keep the sum of xx', d x d numbers, which rho needs
   */
  public static LayerMoments of(LinearLayer layer, boolean covariance) {
    INDArray bias = layer.bias().castTo(DataType.DOUBLE);
    WideWeights weights = new WideWeights(layer);
    return new LayerMoments(layer, bias, weights, new LayerSums(layer, weights, bias, covariance));
  }

  /**
   * The moments of a group's neurons ({@link LinearLayer#group}), parts of these and closed with
   * them; itself if there is only one group.
   */
  public LayerMoments group(int group) {
    if (layer.groups() == 1) {
      return this;
    }
    LinearLayer own = layer.group(group);
    return new LayerMoments(
        own, own.bias().castTo(DataType.DOUBLE), new WideWeights(own), sums.group(group));
  }

  /** Adds samples {@code [n,d]} as {@link LinearLayer#patches} has them. */
  public void addSamples(INDArray samples) {
    sums.addSamples(samples);
  }

  /**
   * Adds every sample of a batch; a convolution's patches are not unrolled.
   *
   * @param input of the layer, {@code [n,d]} or {@code [n,c,h,w]}
   * @param output of the layer for it, with bias
   */
  public void addBatch(INDArray input, INDArray output) {
    sums.addBatch(input, output);
  }

  /** Adds samples that were held back to be added with more; every reading does this first. */
  void complete() {
    sums.complete();
  }

  /**
   * Adds another part of the data.
   *
   * @throws IllegalArgumentException if it belongs to other weights, or only one of the two has a
   *     covariance
   */
  public void merge(LayerMoments other) {
    if (!layer.weights().equals(other.layer.weights()) || !bias.equals(other.bias)) {
      throw new IllegalArgumentException("Moments of different weights cannot be merged.");
    }
    if (hasCovariance() != other.hasCovariance()) {
      throw new IllegalArgumentException("Moments with and without covariance cannot be merged.");
    }
    sums.merge(other.sums);
  }

  /** Number of samples, n. */
  public long count() {
    return sums.count();
  }

  /** Number of neurons, k. */
  public long neurons() {
    return layer.neurons();
  }

  /** Number of inputs of a neuron, d. */
  public long fanIn() {
    return layer.fanIn();
  }

  public boolean hasCovariance() {
    return sums.hasCovariance();
  }

  /** The weights as {@code [k,d]}, float64; these moments' own, closed with them. */
  public INDArray weights() {
    return weights.get();
  }

  /** The bias as {@code [k]}, float64. */
  public INDArray bias() {
    return bias;
  }

  /** Reshapes {@code [k,d]} to the shape of the layer's weights. */
  public INDArray shaped(INDArray matrix) {
    return matrix.reshape('c', layer.weights().shape());
  }

  /** E[x], {@code [d]}; of one group. */
  public INDArray meanX() {
    return sums.mean("x");
  }

  /** E[z+], {@code [k]}. */
  public INDArray meanPositive() {
    return sums.mean("z+");
  }

  /** E[z-], {@code [k]}. */
  public INDArray meanNegative() {
    return sums.mean("z-");
  }

  /** pi+ = E[i]: how often each neuron is active, {@code [k]}. */
  public INDArray active() {
    return sums.mean("i");
  }

  /** Number of samples at which each neuron is active, {@code [k]}. */
  public INDArray activeCount() {
    return sums.get("i").dup();
  }

  /** E[z+ z+], {@code [k]}; E[z+ z-] is zero. */
  public INDArray meanPositiveSquare() {
    return sums.mean("z+z+");
  }

  /** E[z- z-], {@code [k]}. */
  public INDArray meanNegativeSquare() {
    return sums.mean("z-z-");
  }

  /** E[x z+], {@code [k,d]}. */
  public INDArray meanXPositive() {
    return sums.mean("xz+");
  }

  /** E[x z+] of the neurons {@code from} to {@code to}, {@code [to-from,d]}. */
  public INDArray meanXPositive(int from, int to) {
    return sums.mean("xz+", from, to);
  }

  /** E[x z-], {@code [k,d]}. */
  public INDArray meanXNegative() {
    return sums.mean("xz-");
  }

  /** E[x z-] of the neurons {@code from} to {@code to}, {@code [to-from,d]}. */
  public INDArray meanXNegative(int from, int to) {
    return sums.mean("xz-", from, to);
  }

  /** E[x i], {@code [k,d]}. */
  public INDArray meanXActive() {
    return sums.mean("xi");
  }

  /** E[x i] of the neurons {@code from} to {@code to}, {@code [to-from,d]}. */
  public INDArray meanXActive(int from, int to) {
    return sums.mean("xi", from, to);
  }

  /**
   * Sigma = cov[x,x], {@code [d,d]}.
   *
   * @throws IllegalStateException if these moments have no covariance, or of several groups
   */
  public INDArray sigma() {
    return Covariance.inPlace(sums.covariance().div(count()), meanX());
  }

  /**
   * Sigma, computed in place of the sum of xx', which these moments no longer have afterwards: two
   * such matrices of the widest layers do not fit into memory.
   *
   * @throws IllegalStateException as {@link #sigma()}
   */
  public INDArray takeSigma() {
    INDArray sigma = Covariance.inPlace(sums.covariance().divi(count()), meanX());
    sums.withoutCovariance();
    return sigma;
  }

  /**
   * A copy of Sigma in float32.
   *
   * @throws IllegalStateException as {@link #sigma()}
   */
  public INDArray roughSigma() {
    return Covariance.rough(sums.covariance(), count(), meanX());
  }

  /** The sums of x z+, x z- and x i, {@code [k,d]} each; these moments' own, not to be changed. */
  public INDArray[] productSums() {
    return new INDArray[] {sums.get("xz+"), sums.get("xz-"), sums.get("xi")};
  }

  /** The variances of x, {@code [d]}: the diagonal of {@link #sigma()}. */
  public INDArray varianceX() {
    INDArray mean = meanX();
    return Nd4j.diag(sums.covariance()).div(count()).subi(mean.mul(mean));
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
    INDArray product = // c-ordered, which that of mmul is not: readers go row by row
        Nd4j.createUninitialized(DataType.DOUBLE, new long[] {rows.size(0), fanIn()}, 'c');
    Products.multiply(rows, sums.covariance(), Products.Transposed.NONE, product, 0);
    product.divi(count());
    try (INDArray along = rows.mmul(mean.transpose()).negi()) {
      Products.multiply(along, mean, Products.Transposed.NONE, product, 1);
    }
    return product;
  }

  /**
   * Writes the sums as a numpy archive, of whose bytes it returns the sum.
   *
   * @throws IOException if the file cannot be written; nothing is left half-written
   */
  public FileSum save(Path file) throws IOException {
    return NumpyArchive.write(file, sums.arrays());
  }

  /** The sums themselves. */
  LayerSums sums() {
    return sums;
  }

  /**
   * Reads what {@link #save} wrote for the same layer.
   *
   * @throws IOException if the file cannot be read or belongs to another layer; the message names
   *     it
   */
  public static LayerMoments load(Path file, LinearLayer layer) throws IOException {
    Map<String, INDArray> arrays = NumpyArchive.read(file);
    LayerMoments moments = of(layer, arrays.containsKey(LayerSums.COVARIANCE));
    moments.restore(file, arrays);
    return moments;
  }

  /** Replaces the sums; the file's name is for messages. */
  void restore(Path file, Map<String, INDArray> arrays) throws IOException {
    sums.restore(file, arrays);
  }

  /** Releases the arrays. */
  @Override
  public void close() {
    sums.close();
    weights.close();
  }
}
