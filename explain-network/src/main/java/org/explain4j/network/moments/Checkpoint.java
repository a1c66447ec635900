package org.explain4j.network.moments;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * Where a pass over the data saves what it has, to continue from there after a crash.
 *
 * @param file with the moments of all layers; always replaced as a whole, with checksums
 * @param every the interval between checkpoints: at most so much work is lost
 */
public record Checkpoint(Path file, Duration every) {

  public Checkpoint {
    if (every.isNegative()) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "The interval (%s) must not be negative.", every));
    }
  }
}
