package org.explain4j.api;

import org.nd4j.linalg.api.ndarray.INDArray;

/** An explainer bound to a network; safe for repeated use. */
@FunctionalInterface
public interface Attributor {

  /**
   * Explains one class per example. A batch of n gives what n batches of one give.
   *
   * @param inputs {@code [n,c,h,w]} or {@code [n,d]}; left as they are
   * @param classes the class to explain for each example
   * @return attributions of the inputs' shape
   * @throws IllegalArgumentException if a class does not exist
   */
  INDArray attribute(INDArray inputs, int[] classes);
}
