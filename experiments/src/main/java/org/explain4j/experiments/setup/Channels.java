package org.explain4j.experiments.setup;

import org.explain4j.api.Preprocessing;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Order of colour channels: files have red, green, blue, whatever the network takes. */
public final class Channels {
  private Channels() {}

  /** Between a network's order and red, green, blue; the same both ways. */
  public static INDArray swap(INDArray array, Preprocessing preprocessing) {
    return preprocessing.bgr()
        ? new Preprocessing(1, java.util.List.of(), java.util.List.of(), true).apply(array)
        : array;
  }
}
