package org.explain4j.network.moments;

import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What one linear layer saw of a split of the data. */
public interface LayerData {

  /** With covariance, unless {@link #sigma()} handed that over before. */
  LayerMoments moments();

  /**
   * Whether a reader may overwrite and close the moments that it was given: they can be had again,
   * or nobody else wants them. In the widest layers there is no memory for a second copy.
   */
  default boolean expendable() {
    return false;
  }

  /** Sigma, {@code [d,d]}, for the caller to overwrite: the only copy if expendable. */
  default INDArray sigma() {
    return expendable() ? moments().takeSigma() : moments().sigma();
  }

  /**
   * Endless mini-batches of samples, drawn without replacement within an epoch.
   *
   * @param size rows per batch
   * @param seed at least 1
   * @return supplies {@code [size,d]}, the layer's inputs (patches of a convolution)
   */
  Supplier<INDArray> minibatches(int size, long seed);
}
