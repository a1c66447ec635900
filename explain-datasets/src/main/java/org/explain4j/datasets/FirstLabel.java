package org.explain4j.datasets;

import java.util.Locale;

/** The number that a source gives to its first class. */
public final class FirstLabel {
  private FirstLabel() {}

  /**
   * @throws IllegalArgumentException unless it is 0 or 1
   */
  public static void require(int firstLabel) {
    if (firstLabel < 0 || firstLabel > 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The first-label (%d) must be 0 or 1: the number of the first class.",
              firstLabel));
    }
  }
}
