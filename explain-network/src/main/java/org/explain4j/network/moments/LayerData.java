package org.explain4j.network.moments;

import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What one linear layer saw in a split of the data. */
public interface LayerData {

  /** The moments with covariance, unless {@link #sigma()} has handed that over. */
  LayerMoments moments();

  /**
   * Whether a reader may overwrite and close the moments that it was given, because they can be
   * read again or nobody else needs them. For the widest layers there is no memory for a second
   * copy.
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
