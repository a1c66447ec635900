package org.explain4j.datasets.folder;

import java.util.BitSet;

/**
 * The pixels of an image that belong to an object.
 *
 * @param inside row after row
 */
record Mask(int width, int height, BitSet inside) {

  /** Whether a pixel is inside. */
  interface Pixel {
    boolean isInside(int x, int y);
  }

  /** No pixel. */
  Mask(int width, int height) {
    this(width, height, new BitSet(width * height));
  }

  void fill(Pixel pixel) {
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        inside.set(y * width + x, pixel.isInside(x, y));
      }
    }
  }

  /** Whether a pixel is inside; what lies outside the image is not. */
  boolean holds(int x, int y) {
    return x >= 0 && x < width && y >= 0 && y < height && inside.get(y * width + x);
  }
}
