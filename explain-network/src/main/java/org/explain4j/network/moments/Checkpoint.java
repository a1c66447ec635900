package org.explain4j.network.moments;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a pass over the data puts down what it has, and takes it up again after a crash.
 *
 * @param file of the moments of all layers; replaced whole, with checksums
 * @param every at most so much work is lost
 */
public record Checkpoint(Path file, Duration every) {

  public Checkpoint {
    if (every.isNegative()) {
      throw new IllegalArgumentException(
          "The interval (%s) must not be negative.".formatted(every));
    }
  }
}
