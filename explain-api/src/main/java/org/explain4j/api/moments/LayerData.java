package org.explain4j.api.moments;

import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What one linear layer saw of a split of the data. */
public interface LayerData {

  /** With covariance, unless {@link #sigma()} handed that over before. */
  LayerMoments moments();

  /**
   * Sigma, {@code [d,d]}, for the caller to overwrite. A source that can read its moments again may
   * hand over its only copy: in the widest layers two do not fit into memory.
   */
  default INDArray sigma() {
    return moments().sigma();
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
