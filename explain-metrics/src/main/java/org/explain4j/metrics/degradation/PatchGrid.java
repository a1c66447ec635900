package org.explain4j.metrics.degradation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Non-overlapping square patches of an image {@code [c,h,w]}, numbered row by row. Where the patch
 * does not divide the image, the last row and column of patches are smaller.
 *
 * @param channels c
 * @param height h, pixels
 * @param width w, pixels
 * @param patch side of a patch, pixels
 */
record PatchGrid(int channels, int height, int width, int patch) {

  PatchGrid {
    if (patch > height || patch > width) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The patch (%d) is larger than the image (%d x %d).\nMaybe set degradation.patch to %d.",
              patch,
              height,
              width,
              Math.max(1, Math.min(height, width) / 7)));
    }
  }

  int rows() {
    return (height + patch - 1) / patch;
  }

  int columns() {
    return (width + patch - 1) / patch;
  }

  /** Number of patches. */
  int count() {
    return rows() * columns();
  }

  boolean ragged() {
    return height % patch != 0 || width % patch != 0;
  }

  /** How many numbers an image has. */
  int length() {
    return channels * height * width;
  }

  /** For each patch, the signed sum of an attribution over its pixels and channels. */
  double[] scores(double[] attribution) {
    double[] scores = new double[count()];
    for (int i = 0; i < attribution.length; i++) {
      int y = i / width % height;
      int x = i % width;
      scores[y / patch * columns() + x / patch] += attribution[i];
    }
    return scores; // no sum that begins at 0.0 is -0.0, so that those without relevance tie
  }

  /** Patches by decreasing score; of equal scores the smaller index comes first. */
  static int[] descending(double[] scores) {
    return order(Comparator.comparingDouble((Integer p) -> scores[p]).reversed(), scores.length);
  }

  /** Patches by increasing score; of equal scores the smaller index comes first. */
  static int[] ascending(double[] scores) {
    return order(Comparator.comparingDouble((Integer p) -> scores[p]), scores.length);
  }

  private static int[] order(Comparator<Integer> comparator, int count) {
    // The sort is stable: equal scores keep the order of their indices.
    return IntStream.range(0, count).boxed().sorted(comparator).mapToInt(p -> p).toArray();
  }

  /** Replaces the pixels of a patch by their mean, separately in each channel. */
  void flatten(double[] image, int index) {
    int top = index / columns() * patch;
    int left = index % columns() * patch;
    int bottom = Math.min(top + patch, height);
    int right = Math.min(left + patch, width);
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      for (int y = top; y < bottom; y++) {
        for (int x = left; x < right; x++) {
          sum += image[(c * height + y) * width + x];
        }
      }
      double mean = sum / ((bottom - top) * (right - left));
      for (int y = top; y < bottom; y++) {
        int row = (c * height + y) * width;
        Arrays.fill(image, row + left, row + right, mean);
      }
    }
  }
}
