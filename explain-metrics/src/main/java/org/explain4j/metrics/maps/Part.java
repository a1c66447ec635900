package org.explain4j.metrics.maps;

import java.util.function.DoubleUnaryOperator;

/** Which part of a map's values counts. */
public enum Part {
  /** Values above 0. */
  POSITIVE(value -> Math.max(value, 0)),
  /** All, with their signs; shares of their sum may be of any size. */
  SIGNED(value -> value),
  /** Absolute values. */
  ABSOLUTE(Math::abs);

  private final DoubleUnaryOperator of;

  Part(DoubleUnaryOperator of) {
    this.of = of;
  }

  /** The share of the sum that lies in a mask; missing (NaN) if the sum is 0. */
  double mass(double[] map, boolean[] mask) {
    double inside = 0;
    double all = 0;
    for (int i = 0; i < map.length; i++) {
      double value = of.applyAsDouble(map[i]);
      all += value;
      inside += mask[i] ? value : 0;
    }
    return all == 0 ? Double.NaN : inside / all;
  }
}
