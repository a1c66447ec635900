package org.explain4j.reports.sections;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.explain4j.network.numpy.NumpyArray;
import org.explain4j.reports.pictures.Outline;
import org.explain4j.reports.runs.RunDirectory;

/**
 * Where the truth is, drawn over each picture of a run whose data know it.
 *
 * @param masks {@code [n,h,w]}: 1 inside; all NaN for an image without a mask
 */
record Outlines(Optional<NumpyArray> masks) {
  private static final String FILE = "masks.npy";

  /**
   * @param pixels of the images, {@code [n,c,h,w]}
   * @throws IOException if the masks are damaged or of another shape than the images
   */
  static Outlines of(RunDirectory run, NumpyArray pixels) throws IOException {
    if (!run.has(FILE)) {
      return new Outlines(Optional.empty());
    }
    NumpyArray masks = run.array(FILE);
    List<Long> images = pixels.shape();
    List<Long> expected = List.of(images.get(0), images.get(2), images.get(3));
    if (!masks.shape().equals(expected)) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s: shape %s, but the masks of the images have %s.",
              run.path().resolve(FILE),
              masks.shape(),
              expected));
    }
    return new Outlines(Optional.of(masks));
  }

  /** A sentence for captions; empty without masks. */
  String caption() {
    return masks.isPresent() ? " Outlined: where the truth is." : "";
  }

  /** The picture with the outline of its image's mask; itself if there is none. */
  BufferedImage over(BufferedImage picture, int row) throws IOException {
    if (masks.isEmpty()) {
      return picture;
    }
    double[] values = masks.get().read(row);
    if (Arrays.stream(values).anyMatch(Double::isNaN)) {
      return picture;
    }
    boolean[] inside = new boolean[values.length];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = values[i] > 0.5;
    }
    List<Long> shape = masks.get().shape();
    return new Outline(shape.get(1).intValue(), shape.get(2).intValue(), inside).over(picture);
  }
}
