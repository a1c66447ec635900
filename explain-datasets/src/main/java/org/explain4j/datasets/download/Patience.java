package org.explain4j.datasets.download;

import java.time.Duration;

/**
 * When to give up.
 *
 * @param attempts in a row at one place that bring less than {@code enough}
 * @param pause before the second attempt; doubled before each further one
 * @param silence after which a connection counts as broken
 * @param enough new bytes after which the count of attempts starts over
 */
record Patience(int attempts, Duration pause, Duration silence, long enough) {

  static Patience of(Duration silence) {
    return new Patience(6, Duration.ofSeconds(1), silence, 1 << 20);
  }

  Duration pause(int failures) {
    return pause.multipliedBy(1L << Math.min(failures - 1, 5));
  }
}
