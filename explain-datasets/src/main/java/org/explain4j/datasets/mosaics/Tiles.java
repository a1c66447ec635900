package org.explain4j.datasets.mosaics;

/**
 * The images of a mosaic, from left to right and top to bottom.
 *
 * @param sources their indices
 * @param isTarget whether each is of the mosaic's class
 */
record Tiles(int[] sources, boolean[] isTarget) {

  /**
   * @param images the two of the class first
   * @param places of each, 0 to 3
   */
  static Tiles placed(int[] images, int[] places) {
    int[] sources = new int[4];
    boolean[] isTarget = new boolean[4];
    for (int i = 0; i < 4; i++) {
      sources[places[i]] = images[i];
      isTarget[places[i]] = i < 2;
    }
    return new Tiles(sources, isTarget);
  }

  /** An image of the class. */
  int target() {
    return isTarget[0] ? sources[0] : isTarget[1] ? sources[1] : sources[2];
  }
}
