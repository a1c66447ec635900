package org.explain4j.metrics.faithfulness;

import org.explain4j.metrics.features.Groups;
import org.explain4j.metrics.features.Pixels;

/** How many patches an image has. */
record PatchGrid(Pixels pixels, int rows, int columns, boolean ragged) {

  /**
   * @throws IllegalArgumentException if the patch is larger than the image
   */
  static PatchGrid of(Pixels pixels, int patch) {
    Groups.patches(pixels, patch);
    return new PatchGrid(
        pixels,
        (pixels.height() + patch - 1) / patch,
        (pixels.width() + patch - 1) / patch,
        pixels.height() % patch != 0 || pixels.width() % patch != 0);
  }

  int count() {
    return rows * columns;
  }
}
