package org.explain4j.experiments.configuration;

import java.util.Locale;

/**
 * An amount of memory as the JVM's options write it: {@code 512m}, {@code 2g}.
 *
 * @param megabytes at least 1
 */
public record Memory(long megabytes) {

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
   * The memory that the launcher allows arrays, {@code EXPLAIN4J_OFFHEAP}; without the launcher, as
   * much as the heap, which is JavaCPP's default.
   */
  public static Memory limit() {
    String limit = System.getProperty("org.bytedeco.javacpp.maxbytes", "");
    return limit.matches("[1-9]\\d{0,5}[mMgG]")
        ? parse(limit)
        : new Memory(Math.max(1, Runtime.getRuntime().maxMemory() >> 20));
  }

  public long bytes() {
    return megabytes << 20;
  }

  @Override
  public String toString() {
    return megabytes % 1024 == 0 ? megabytes / 1024 + "g" : megabytes + "m";
  }
}
