package org.explain4j.experiments.configuration;

import java.util.Locale;

/** Names of Java and names of experiment files. */
final class Names {
  private Names() {}

  /** {@code fitOn} or {@code FIT_ON} to {@code fit-on}. */
  static String kebab(String name) {
    return name.replace('_', '-').replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }
}
