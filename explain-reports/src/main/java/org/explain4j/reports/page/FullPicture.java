package org.explain4j.reports.page;

import java.awt.image.BufferedImage;
import java.io.IOException;

/** A picture in all its pixels, which is made when it is needed: all of them take much memory. */
@FunctionalInterface
public interface FullPicture {
  /**
   * The picture.
   *
   * @throws IOException if what it is made from cannot be read
   */
  BufferedImage image() throws IOException;
}
