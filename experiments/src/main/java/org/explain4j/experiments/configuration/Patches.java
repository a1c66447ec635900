package org.explain4j.experiments.configuration;

import java.util.List;

/**
 * How many receptive fields of each image are samples of a convolution: {@code all} or a number.
 *
 * @param perImage 0 for all
 */
public record Patches(int perImage) {
  static final Patches ALL = new Patches(0);

  /** What {@link #parse} reads. */
  public static List<String> choices() {
    return List.of("all", "a number");
  }

  /** Reads {@code all} or a positive number. */
  public static Patches parse(String text) {
    if (text.equals("all")) {
      return ALL;
    }
    if (!text.matches("[1-9]\\d{0,8}")) {
      throw new IllegalArgumentException(
          "expected 'all' or a number above 0, found '" + text + "'");
    }
    return new Patches(Integer.parseInt(text));
  }

  @Override
  public String toString() {
    return perImage == 0 ? "all" : Integer.toString(perImage);
  }
}
