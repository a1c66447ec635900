package org.explain4j.metrics.features;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.explain4j.network.images.Superpixels;

/**
 * A partition of an image's pixels into groups that are changed together.
 *
 * @param of the group of each pixel, from 0 without gaps
 * @param count number of groups
 */
public record Groups(int[] of, int count) {

  public static Groups of(int[] labels) {
    return new Groups(labels, Arrays.stream(labels).max().orElse(-1) + 1);
  }

  /** Each pixel alone. */
  public static Groups single(Pixels pixels) {
    return of(IntStream.range(0, pixels.count()).toArray());
  }

  /**
   * Squares, row by row; where they do not divide the image, the last of a row or column are
   * smaller. Of a vector, runs of entries.
   *
   * @throws IllegalArgumentException if a patch is larger than the image
   */
  public static Groups patches(Pixels pixels, int side) {
    int across = pixels.height() == 1 ? 1 : side;
    if (side > pixels.width() || across > pixels.height()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The patch (%d) is larger than the image (%d x %d).\nMaybe set patch to %d.",
              side,
              pixels.height(),
              pixels.width(),
              Math.max(1, Math.min(pixels.height(), pixels.width()) / 7)));
    }
    int columns = (pixels.width() + side - 1) / side;
    int[] labels = new int[pixels.count()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i / pixels.width() / across * columns + i % pixels.width() / side;
    }
    return of(labels);
  }

  /**
   * SLIC superpixels of an example.
   *
   * @param side of a superpixel on average, pixels
   */
  public static Groups superpixels(Pixels pixels, double[] example, int side) {
    return of(Superpixels.of(example, pixels.height(), pixels.width(), side));
  }

  /** For each group, the signed sum of an attribution over its pixels and channels. */
  public double[] sums(double[] attribution) {
    double[] sums = new double[count];
    for (int i = 0; i < attribution.length; i++) {
      sums[of[i % of.length]] += attribution[i];
    }
    return sums; // no sum that begins at 0.0 is -0.0, so that those without relevance tie
  }

  /** For each group, the mean over its pixels of an attribution summed over channels. */
  public double[] means(double[] attribution) {
    double[] means = sums(attribution);
    int[] sizes = new int[count];
    Arrays.stream(of).forEach(group -> sizes[group]++);
    Arrays.setAll(means, group -> means[group] / sizes[group]);
    return means;
  }
}
