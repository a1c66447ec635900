package org.explain4j.network.moments;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Endless mini-batches of a layer's samples, drawn without replacement within an epoch. */
public interface MiniBatches {
  /** Samples of each mini-batch: no more than there are. */
  int size();

  /** Numbers of a sample: d, or gd of g groups. */
  long width();

  /** How many samples there are to draw from, which are numbered from 0. */
  int samples();

  /** Draws the next mini-batch: the numbers of its samples. */
  int[] next();

  /**
   * Copies samples; threads may do so side by side.
   *
   * @param samples their numbers, n of them
   * @param into {@code [n,width]}, c-ordered, float32 or float64
   */
  void read(int[] samples, INDArray into);
}
