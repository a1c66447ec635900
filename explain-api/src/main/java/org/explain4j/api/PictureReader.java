package org.explain4j.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads single pictures from one family of file formats. */
public interface PictureReader extends Extension {

  /** Whether the file may be such a picture, by its name: folders are searched with it. */
  boolean accepts(Path file);

  /**
   * Reads a picture and fits it to a network's input: enlarged or reduced until it covers the
   * input, then cut on both sides alike.
   *
   * @param inputShape {@code [c,h,w]} with c 1 or 3
   * @throws IOException if the file cannot be read or is no picture; the message names it
   * @throws IllegalArgumentException if the input's shape is not that of pictures
   */
  Photo read(Path file, List<Long> inputShape) throws IOException;
}
