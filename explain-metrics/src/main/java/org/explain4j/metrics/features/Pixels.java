package org.explain4j.metrics.features;

import java.util.List;
import org.explain4j.network.Classifier;

/** The features of an example: pixels with all their channels. A vector is one row of pixels. */
public record Pixels(int channels, int height, int width) {

  public static Pixels of(Classifier classifier) {
    List<Long> shape = classifier.inputShape();
    return shape.size() == 3
        ? new Pixels(shape.get(0).intValue(), shape.get(1).intValue(), shape.get(2).intValue())
        : new Pixels(1, 1, shape.stream().mapToInt(Long::intValue).reduce(1, Math::multiplyExact));
  }

  public int count() {
    return height * width;
  }
}
