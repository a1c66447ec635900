package org.explain4j.api;

import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A part of a dataset: examples by index, read when asked for. */
public interface Split {

  /** Number of examples. */
  int size();

  /**
   * Examples in the given order.
   *
   * @return {@code [n,c,h,w]} with RGB or grey pixels in [0,1], or {@code [n,d]}; float32
   */
  INDArray inputs(int... indices);

  /** The class of each example, in the order of the indices. */
  int[] labels(int... indices);

  /**
   * Where the object is in each example, for metrics that check whether an explanation points at
   * it.
   *
   * @return {@code [n,h,w]}, float32: 1 inside and 0 outside; all NaN for an example without a
   *     mask; empty if the source has no masks
   */
  default Optional<INDArray> masks(int... indices) {
    return Optional.empty();
  }

  /** A name for an example that leads back to its source: a file name or position. */
  String name(int index);
}
