package org.explain4j.metrics.maps;

import java.util.stream.IntStream;
import org.explain4j.api.Metric.Images;

/** How often images that are related have the same prediction. */
final class Agreement {
  private Agreement() {}

  /** Whether an image is among those that another is compared with. */
  @FunctionalInterface
  interface Relation {
    boolean holds(int one, int other);
  }

  /** For each image, the share of its related ones; missing (NaN) if it has none. */
  static double[] of(Images images, Relation relation) {
    int[] predicted = images.classifier().predict(images.inputs());
    return IntStream.range(0, predicted.length)
        .mapToDouble(
            i ->
                IntStream.range(0, predicted.length)
                    .filter(j -> j != i && relation.holds(i, j))
                    .mapToDouble(j -> predicted[j] == predicted[i] ? 1 : 0)
                    .average()
                    .orElse(Double.NaN))
        .toArray();
  }
}
