package org.explain4j.experiments.setup;

import java.util.List;
import org.explain4j.api.Preprocessing;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Order of colour channels: files have red, green, blue, whichever order the network takes. */
public final class ChannelOrder {
  private ChannelOrder() {}

  /** Converts between a network's order and red, green, blue; the same in both directions. */
  public static INDArray swap(INDArray array, Preprocessing preprocessing) {
    return preprocessing.bgr()
        ? new Preprocessing(1, List.of(), List.of(), true).apply(array)
        : array;
  }
}
