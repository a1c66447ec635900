package org.explain4j.api;

import java.io.IOException;
import java.nio.file.Path;

/** A source of labelled examples. */
public interface DatasetProvider extends Extension {

  /**
   * Opens the data; its splits read examples when they are asked for.
   *
   * @param base the folder that relative paths in the settings start from
   * @throws IOException if a file cannot be read; the message names it and says what to do
   */
  Dataset open(Path base) throws IOException;
}
