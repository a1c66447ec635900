package org.explain4j.methods.explainers;

import org.explain4j.api.network.Network;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Checks of what is asked to be explained. */
final class Classes {
  private Classes() {}

  /**
   * @throws IllegalArgumentException if there is not one existing class per example
   */
  static void check(Network network, INDArray inputs, int[] classes) {
    if (classes.length != inputs.size(0)) {
      throw new IllegalArgumentException(
          "There are %d inputs but %d classes to explain; give one per input."
              .formatted(inputs.size(0), classes.length));
    }
    long count = network.classes();
    for (int c : classes) {
      if (c < 0 || c >= count) {
        throw new IllegalArgumentException(
            "Class %d does not exist: the network has classes 0 to %d.".formatted(c, count - 1));
      }
    }
  }
}
