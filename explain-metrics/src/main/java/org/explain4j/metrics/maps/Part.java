package org.explain4j.metrics.maps;

import java.util.Arrays;

/** Which part of a map's values counts. */
public enum Part {
  /** Values above 0. */
  POSITIVE,
  /** All, with their signs; shares of their sum may be of any size. */
  SIGNED,
  /** Absolute values. */
  ABSOLUTE;

  private double of(double value) {
    return switch (this) {
      case POSITIVE -> Math.max(value, 0);
      case SIGNED -> value;
      case ABSOLUTE -> Math.abs(value);
    };
  }

  /** What of a map counts, value by value. */
  double[] of(double... map) {
    return Arrays.stream(map).map(this::of).toArray();
  }

  /** The share of the sum that lies in a mask; missing (NaN) if the sum is 0. */
  double mass(double[] map, boolean[] mask) {
    double inside = 0;
    double all = 0;
    for (int i = 0; i < map.length; i++) {
      double value = of(map[i]);
      all += value;
      inside += mask[i] ? value : 0;
    }
    return all == 0 ? Double.NaN : inside / all;
  }
}
