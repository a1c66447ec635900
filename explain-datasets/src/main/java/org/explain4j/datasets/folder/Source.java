package org.explain4j.datasets.folder;

import java.awt.image.BufferedImage;
import java.io.IOException;

/** Where images come from, and what is made of them. */
record Source(ImageStore store, Orientation orientation, Framing framing, Masks masks) {

  /**
   * An image of {@link BufferedImage#TYPE_INT_RGB} as it is to be framed.
   *
   * @throws IOException if it cannot be decoded; the message says why
   */
  BufferedImage decode(ImageStore.Session session, String file) throws IOException {
    return Photograph.decode(session.read(file), orientation);
  }
}
