package org.explain4j.methods.images;

import java.util.List;
import java.util.Locale;
import org.explain4j.api.Explainer;
import org.explain4j.network.Classifier;

/** Channels, height and width of the images that a classifier takes. */
public record ImageShape(int channels, int height, int width) {

  /**
   * @throws IllegalArgumentException if the network takes vectors
   */
  public static ImageShape of(Classifier classifier, Explainer explainer) {
    List<Long> shape = classifier.inputShape();
    if (shape.size() != 3) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The method '%s' takes images [c,h,w], but the network takes %s.",
              explainer.id(),
              shape));
    }
    return new ImageShape(
        shape.get(0).intValue(), shape.get(1).intValue(), shape.get(2).intValue());
  }

  /** Whether a node's output is an image of more than one pixel. */
  public static boolean isImage(List<Long> shape) {
    return shape.size() == 3 && shape.get(1) * shape.get(2) > 1;
  }

  public int pixels() {
    return height * width;
  }

  /** Writes one map of pixels into every channel. */
  public void spread(double[] map, double[] target, int offset) {
    for (int c = 0; c < channels; c++) {
      System.arraycopy(map, 0, target, offset + c * pixels(), pixels());
    }
  }
}
