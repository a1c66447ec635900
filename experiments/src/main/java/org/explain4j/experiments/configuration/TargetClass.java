package org.explain4j.experiments.configuration;

import java.util.List;
import java.util.OptionalInt;

/**
 * The class that is explained for an image.
 *
 * @param word {@code predicted} on the clean image, {@code true} for its label, or a class index
 */
public record TargetClass(String word) {

  /** Reads {@code predicted}, {@code true} or an index. */
  public static TargetClass parse(String text) {
    if (!text.matches("predicted|true|\\d{1,9}")) {
      throw new IllegalArgumentException(
          "expected predicted, true or the index of a class, found '" + text + "'");
    }
    return new TargetClass(text);
  }

  /** What {@link #parse} reads. */
  public static List<String> choices() {
    return List.of("predicted", "true", "the index of a class");
  }

  /** The class, if it is the same for every image. */
  public OptionalInt index() {
    return word.matches("\\d+") ? OptionalInt.of(Integer.parseInt(word)) : OptionalInt.empty();
  }

  /**
   * The class to explain.
   *
   * @param label the image's true class
   * @param predicted the class with the largest logit
   */
  public int of(int label, int predicted) {
    return switch (word) {
      case "predicted" -> predicted;
      case "true" -> label;
      default -> Integer.parseInt(word);
    };
  }

  @Override
  public String toString() {
    return word;
  }
}
