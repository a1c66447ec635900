package org.explain4j.methods.perturbation;

import org.explain4j.network.Classifier;
import org.explain4j.network.images.Superpixels;

/** How an image is cut into the segments that are switched on and off together. */
public enum Segmentation {
  /** Squares of {@code size} pixels, smaller ones at the far edges; vectors entry by entry. */
  PATCHES,
  /** SLIC superpixels (Achanta et al. 2012), {@code size * size} pixels each on average. */
  SLIC;

  /**
   * The segment of each value of an example, counted from 0; channels of a pixel are in the same
   * one.
   */
  int[] of(Classifier classifier, double[] example, int size) {
    int[] segments = new int[example.length];
    if (classifier.inputShape().size() != 3) {
      for (int i = 0; i < segments.length; i++) {
        segments[i] = i;
      }
      return segments;
    }
    int height = classifier.inputShape().get(1).intValue();
    int width = classifier.inputShape().get(2).intValue();
    int[] pixels = new int[height * width];
    if (this == SLIC) {
      pixels = Superpixels.of(example, height, width, size);
    } else {
      int columns = (width + size - 1) / size;
      for (int i = 0; i < pixels.length; i++) {
        int row = i / width;
        pixels[i] = row / size * columns + i % width / size;
      }
    }
    for (int i = 0; i < segments.length; i++) {
      segments[i] = pixels[i % pixels.length];
    }
    return segments;
  }
}
