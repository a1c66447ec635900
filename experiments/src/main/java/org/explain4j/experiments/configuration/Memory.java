package org.explain4j.experiments.configuration;

import java.util.Locale;
import java.util.Optional;

/**
 * An amount of memory as the JVM's options write it: {@code 512m}, {@code 2g}.
 *
 * @param megabytes at least 1
 */
public record Memory(long megabytes) {
  private static final String LIMIT = "org.bytedeco.javacpp.maxbytes";

  /** Reads a number with {@code m} or {@code g}. */
  public static Memory parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (!lower.matches("[1-9]\\d{0,5}[mg]")) {
      throw new IllegalArgumentException(
          "expected an amount such as 512m or 2g, found '" + text + "'");
    }
    long number = Long.parseLong(lower.substring(0, lower.length() - 1));
    return new Memory(lower.endsWith("g") ? number * 1024 : number);
  }

  /**
   * Requires that the launcher's limit can be read, before a library tries to.
   *
   * @throws ConfigurationException if it cannot; the message has its value
   */
  public static void checkLimit() {
    String limit = System.getProperty(LIMIT, "");
    try {
      if (!limit.isEmpty()) {
        parse(limit);
      }
    } catch (IllegalArgumentException e) {
      System.clearProperty(LIMIT);
      throw new ConfigurationException(
          "EXPLAIN4J_OFFHEAP", e.getMessage() + "\nMaybe set it to 12g, or leave it out.");
    }
  }

  /**
   * The memory that the launcher allows arrays, {@code EXPLAIN4J_OFFHEAP}; without the launcher, as
   * much as the heap, which is JavaCPP's default.
   */
  public static Memory limit() {
    return given().orElseGet(() -> new Memory(Math.max(1, Runtime.getRuntime().maxMemory() >> 20)));
  }

  /**
   * The same, if someone has set it: a program that runs experiments may have arrays of its own.
   */
  public static Optional<Memory> given() {
    String limit = System.getProperty(LIMIT, "");
    return limit.matches("[1-9]\\d{0,5}[mMgG]") ? Optional.of(parse(limit)) : Optional.empty();
  }

  public long bytes() {
    return megabytes << 20;
  }

  @Override
  public String toString() {
    return megabytes % 1024 == 0 ? megabytes / 1024 + "g" : megabytes + "m";
  }
}
