package org.explain4j.datasets.numpy;

import java.io.IOException;
import java.util.Locale;
import java.util.stream.IntStream;
import org.explain4j.network.numpy.NumpyArray;

/** Classes from an array of numbers. */
final class ClassLabels {
  private static final int MOST_CLASSES = 1_000_000;

  private ClassLabels() {}

  /**
   * Classes from 0 on.
   *
   * @param title of the array as the experiment file has it
   * @param first the label of the first class
   * @throws IOException if the array is not {@code [n]} or {@code [n,1]}, or has a number that is
   *     not a class
   */
  static int[] read(String title, NumpyArray array, int first) throws IOException {
    if (array.shape().size() > 2 || array.width() != 1) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s has the shape %s; labels must be [n], one class each.\nMaybe save one-hot labels with .argmax(1).",
              title,
              array.shape()));
    }
    double[] values = array.read(IntStream.range(0, array.rows()).toArray());
    int[] labels = new int[values.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (int) values[i] - first;
      if (labels[i] + first != values[i] || labels[i] < 0 || labels[i] >= MOST_CLASSES) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "%s: label %s of row %d is not a class from %d on.",
                title,
                values[i],
                i,
                first));
      }
    }
    return labels;
  }
}
