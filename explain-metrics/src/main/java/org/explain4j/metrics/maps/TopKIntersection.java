package org.explain4j.metrics.maps;

import java.util.Arrays;
import java.util.List;
import org.explain4j.metrics.features.Order;
import org.explain4j.metrics.features.Pixels;

/**
 * Top-k intersection (Theiner et al. 2021, arXiv 2104.14995): {@code intersection} is the share of
 * the k largest values that lie in the mask; {@code concept-influence} is that share relative to
 * the mask's share of the image. Higher is better.
 *
 * @param share of the pixels that are the k largest, above 0 and at most 1
 * @param part of the values that counts: {@code absolute} for masks of what speaks for the class
 *     and what speaks against it
 */
public record TopKIntersection(double share, Part part) implements MaskMetric {
  public TopKIntersection() {
    this(0.1, Part.SIGNED);
  }

  public TopKIntersection {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "The share (" + share + ") must lie above 0 and be at most 1.");
    }
  }

  @Override
  public String id() {
    return "top-k-intersection";
  }

  @Override
  public String summary() {
    return "Share of the largest values inside the object (Theiner et al. 2021)";
  }

  @Override
  public List<Row> rows(Pixels pixels) {
    return List.of(
        Row.share("intersection", this::intersection),
        Row.share(
            "concept-influence",
            (map, mask) -> intersection(map, mask) * mask.length / MapMetric.size(mask)));
  }

  private double intersection(double[] map, boolean[] mask) {
    int k = Math.max(1, (int) Math.round(share * map.length));
    return MapMetric.inside(mask, Arrays.copyOf(Order.DESCENDING.of(part.of(map), 0), k));
  }
}
