package org.explain4j.network.moments;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Endless mini-batches of a layer's samples, drawn without replacement within an epoch. */
public interface MiniBatches {
  /** Samples of each mini-batch: no more than there are. */
  int size();

  /** Numbers of a sample: d, or gd of g groups. */
  long width();

  /** Draws the next mini-batch; before the first one there is nothing to read. */
  void next();

  /**
   * Copies samples of the mini-batch that was drawn last; threads may do so side by side.
   *
   * @param from the first, at least 0
   * @param to after the last, at most {@link #size()}
   * @param into {@code [to-from,width]}, c-ordered, float32 or float64
   */
  void read(int from, int to, INDArray into);
}
