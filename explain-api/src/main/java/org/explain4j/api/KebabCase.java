package org.explain4j.api;

import java.util.Locale;

/** Java's names as experiment files, tables and the command line write them. */
public final class KebabCase {
  private KebabCase() {}

  /** {@code fitOn} or {@code FIT_ON} to {@code fit-on}. */
  public static String of(String name) {
    return name.replace('_', '-').replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  /** {@code LayerKind.MAX_POOL} to {@code max-pool}. */
  public static String of(Enum<?> constant) {
    return of(constant.name());
  }
}
