package org.explain4j.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A source of labelled examples. */
public interface DatasetProvider extends Extension {

  /**
   * Opens the data; its splits read examples when they are asked for.
   *
   * @param base the folder that relative paths in the settings start from
   * @throws IOException if a file cannot be read; the message names it and says what to do
   */
  Dataset open(Path base) throws IOException;

  /**
   * The same provider with the settings with which it reads a file or folder, for {@code explain
   * init}. It looks at names and a few examples only.
   *
   * @param data a file or folder that exists
   * @param inputShape of the network that examples are for, {@code [c,h,w]} or {@code [d]}
   * @return empty if the data are in no format of this provider
   * @throws IOException if they cannot be read
   */
  default Optional<DatasetProvider> reading(Path data, List<Long> inputShape) throws IOException {
    return Optional.empty();
  }
}
