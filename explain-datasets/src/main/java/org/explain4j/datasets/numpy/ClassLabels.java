package org.explain4j.datasets.numpy;

import java.io.IOException;
import java.util.stream.IntStream;
import org.explain4j.network.numpy.NumpyArray;

/** Classes from an array of numbers. */
final class ClassLabels {
  private static final int MOST_CLASSES = 1_000_000;

  private ClassLabels() {}

  /**
   * @throws IOException if the array is not {@code [n]} or {@code [n,1]}, or has a number that is
   *     no class
   */
  static int[] read(NumpyArray array) throws IOException {
    if (array.shape().size() > 2 || array.width() != 1) {
      throw new IOException(
          "%s has the shape %s; labels are [n], a class each.\nMaybe save one-hot labels with .argmax(1)."
              .formatted(array.name(), array.shape()));
    }
    double[] values = array.read(IntStream.range(0, array.rows()).toArray());
    int[] labels = new int[values.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (int) values[i];
      if (labels[i] != values[i] || labels[i] < 0 || labels[i] >= MOST_CLASSES) {
        throw new IOException(
            "%s: label %s of row %d is no class from 0 on.".formatted(array.name(), values[i], i));
      }
    }
    return labels;
  }
}
