package org.explain4j.reports.pictures;

import java.awt.image.IndexColorModel;

/**
 * The diverging colours of heat maps: -1 blue, 0 white, +1 vermillion, which colour-blind readers
 * can tell apart.
 */
final class ColourMap {
  private static final int SIZE = 255;
  private static final int MIDDLE = SIZE / 2;
  private static final int[] LOW = {0x00, 0x5a, 0x9c};
  private static final int[] HIGH = {0xb8, 0x3a, 0x00};

  static final IndexColorModel MODEL = model();

  private ColourMap() {}

  private static IndexColorModel model() {
    byte[][] channels = new byte[3][SIZE];
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < SIZE; i++) {
        double weight = Math.abs(i - MIDDLE) / (double) MIDDLE;
        int end = i < MIDDLE ? LOW[c] : HIGH[c];
        channels[c][i] = (byte) Math.round(255 + weight * (end - 255));
      }
    }
    return new IndexColorModel(8, SIZE, channels[0], channels[1], channels[2]);
  }

  /** The index of a value in [-1,1]. */
  static int index(double value) {
    return (int) Math.round(MIDDLE + Math.max(-1, Math.min(1, value)) * MIDDLE);
  }
}
