package org.explain4j.metrics.maps;

import java.util.Arrays;
import java.util.List;
import org.explain4j.metrics.features.Pixels;

/**
 * The number of pixels whose absolute value is more than a tolerance of the largest. Lower is
 * better. Quantus calls it effective complexity, which in the paper is another quantity ({@code
 * effective-complexity}).
 *
 * @param tolerance relative to the largest absolute value, at least 0
 */
public record EffectiveCount(double tolerance) implements MapMetric {
  public EffectiveCount() {
    this(1e-5);
  }

  public EffectiveCount {
    if (!(tolerance >= 0 && tolerance < 1)) {
      throw new IllegalArgumentException(
          "The tolerance (" + tolerance + ") must be at least 0 and below 1.");
    }
  }

  @Override
  public String id() {
    return "effective-count";
  }

  @Override
  public String summary() {
    return "Number of pixels with more than a trace of the relevance";
  }

  @Override
  public String family() {
    return "complexity";
  }

  @Override
  public List<Row> rows(Pixels pixels) {
    double margin = 0.02 * pixels.count();
    return List.of(new Row("pixels", Direction.LOWER_IS_BETTER, margin, (map, mask) -> count(map)));
  }

  private double count(double... map) {
    double largest = Arrays.stream(map).map(Math::abs).max().orElse(0);
    return Arrays.stream(map).filter(value -> Math.abs(value) > tolerance * largest).count();
  }
}
