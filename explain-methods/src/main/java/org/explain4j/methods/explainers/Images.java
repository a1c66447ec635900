package org.explain4j.methods.explainers;

import java.util.List;
import org.explain4j.api.Explainer;
import org.explain4j.api.network.Network;

/** Sizes of a network's images. */
record Images(int channels, int height, int width) {

  /**
   * @throws IllegalArgumentException if the network takes vectors
   */
  static Images of(Network network, Explainer explainer) {
    List<Long> shape = network.inputShape();
    if (shape.size() != 3) {
      throw new IllegalArgumentException(
          "The method '%s' takes images [c,h,w], but the network takes %s."
              .formatted(explainer.id(), shape));
    }
    return new Images(shape.get(0).intValue(), shape.get(1).intValue(), shape.get(2).intValue());
  }

  int pixels() {
    return height * width;
  }

  /** Writes one map of pixels into every channel. */
  void spread(double[] map, double[] target, int offset) {
    for (int c = 0; c < channels; c++) {
      System.arraycopy(map, 0, target, offset + c * pixels(), pixels());
    }
  }
}
