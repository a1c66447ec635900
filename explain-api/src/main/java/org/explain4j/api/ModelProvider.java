package org.explain4j.api;

import java.io.IOException;
import java.nio.file.Path;

/** Where an experiment's network comes from: a file, training, or the networks that are shipped. */
public interface ModelProvider extends Extension {

  /**
   * The network, read from its file, or trained if necessary.
   *
   * @throws IOException if a file cannot be read or written; the message names it
   */
  Model provide(Request request) throws IOException;

  /** Whether {@link #provide} gives the network at once; false if it must be trained first. */
  default boolean isReady(Request request) {
    return true;
  }

  /**
   * What a provider may use.
   *
   * @param data the experiment's data; training uses its train split only
   * @param base the folder that relative paths in the settings start from
   * @param cache a folder for what is expensive to make again
   */
  record Request(Dataset data, Path base, Path cache, Progress progress) {}
}
