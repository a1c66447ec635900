package org.explain4j.metrics.maps;

import java.util.List;
import org.explain4j.metrics.features.Order;
import org.explain4j.metrics.features.Pixels;

/**
 * The pointing game (Zhang et al. 2018, arXiv 1608.00507): {@code hit} is 1 if the largest value of
 * the map, the first of equal ones, lies in the mask or near it, otherwise 0.
 *
 * @param tolerance distance in pixels from the mask that still counts; the paper has 15 for
 *     photographs
 * @param part of the values that counts: {@code absolute} for masks of what speaks for the class
 *     and what speaks against it
 */
public record PointingGame(double tolerance, Part part) implements MaskMetric {
  public PointingGame() {
    this(0, Part.SIGNED);
  }

  public PointingGame {
    if (!(tolerance >= 0)) {
      throw new IllegalArgumentException("The tolerance (" + tolerance + ") must be at least 0.");
    }
  }

  @Override
  public String id() {
    return "pointing-game";
  }

  @Override
  public String summary() {
    return "Whether the largest value lies in the object (Zhang et al. 2018)";
  }

  @Override
  public List<Row> rows(Pixels pixels) {
    return List.of(
        Row.share(
            "hit",
            (map, mask) -> isNear(pixels, mask, Order.DESCENDING.of(part.of(map), 0)[0]) ? 1 : 0));
  }

  private boolean isNear(Pixels pixels, boolean[] mask, int place) {
    int width = pixels.width();
    for (int i = 0; i < mask.length; i++) {
      double distance = Math.hypot(i / width - place / width, i % width - place % width);
      if (mask[i] && distance <= tolerance) {
        return true;
      }
    }
    return false;
  }
}
