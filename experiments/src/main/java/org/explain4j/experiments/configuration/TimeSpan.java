package org.explain4j.experiments.configuration;

import java.time.Duration;

/**
 * A length of time: {@code 30s}, {@code 5m}, {@code 1h}.
 *
 * @param seconds at least 0
 */
public record TimeSpan(long seconds) {

  /** Reads a number with {@code s}, {@code m} or {@code h}. */
  public static TimeSpan parse(String text) {
    if (!text.matches("\\d{1,6}[smh]")) {
      throw new IllegalArgumentException(
          "expected a time such as 30s, 5m or 1h, found '" + text + "'");
    }
    long number = Long.parseLong(text.substring(0, text.length() - 1));
    return new TimeSpan(
        switch (text.charAt(text.length() - 1)) {
          case 'h' -> number * 3600;
          case 'm' -> number * 60;
          default -> number;
        });
  }

  public Duration duration() {
    return Duration.ofSeconds(seconds);
  }

  @Override
  public String toString() {
    if (seconds > 0 && seconds % 3600 == 0) {
      return seconds / 3600 + "h";
    }
    return seconds > 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
