package org.explain4j.api;

import java.io.IOException;
import java.nio.file.Path;

/** Reads trained networks from one file format. */
public interface ModelReader extends Extension {

  /** Whether the file looks like this format (by content; the name is a hint only). */
  boolean accepts(Path file) throws IOException;

  /**
   * @throws IOException if the file cannot be read or is damaged, or has an operator that is not
   *     supported; the message names file, node and operator
   */
  Model read(Path file) throws IOException;
}
