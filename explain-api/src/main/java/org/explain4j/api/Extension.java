package org.explain4j.api;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * What all services have in common. An extension is a record: its components are its settings in
 * experiment files (kebab-case), its no-argument constructor states the defaults, its compact
 * constructor checks the values with an {@link IllegalArgumentException} that names them.
 */
public interface Extension {

  /** Kebab-case term of the field, unique within its kind: {@code lrp-epsilon}. */
  String id();

  /** One line for {@code explain list}: what it is and its source. */
  String summary();

  /**
   * The files and folders named in the settings that do not exist, and required ones that are not
   * given. This only looks for them and opens nothing: {@code explain validate} reports them at the
   * setting's line. The code that opens the files checks again.
   *
   * @param base the folder that relative paths in the settings start from
   * @return by setting (kebab-case), what is missing and what to do; empty if nothing is missing
   */
  default Map<String, String> missingFiles(Path base) {
    return Map.of();
  }

  /**
   * For compact constructors.
   *
   * @throws IllegalArgumentException if the seed is below 1
   */
  static void requireSeed(long seed) {
    if (seed < 1) {
      throw new IllegalArgumentException("The seed (" + seed + ") must be at least 1.");
    }
  }

  /**
   * For compact constructors.
   *
   * @throws IllegalArgumentException if a number of samples or steps is below 1
   */
  static void requireCount(String setting, int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "The %s (%d) must be at least 1.", setting, count));
    }
  }

  /**
   * For compact constructors.
   *
   * @throws IllegalArgumentException if the value is not above 0
   */
  static void requirePositive(String setting, double value) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "The %s (%s) must be positive.", setting, value));
    }
  }

  /**
   * The same extension with some settings changed: {@code Extension.with(new Lime(),
   * Map.of("samples", 200, "width", 0.5))}. It is the Java form of an entry in an experiment file,
   * with the same names, defaults and checks.
   *
   * @param settings by name in kebab-case; whole numbers also fit settings that are {@code double}
   * @return a new record of the same class
   * @throws IllegalArgumentException if there is no such setting, a value is of another type, or
   *     the record refuses a value
   */
  static <E extends Record & Extension> E with(E extension, Map<String, ?> settings) {
    return ChangedSettings.of(extension, settings);
  }
}
