package org.explain4j.metrics.maps;

import java.util.Arrays;
import java.util.List;
import org.explain4j.metrics.features.Order;
import org.explain4j.metrics.features.Pixels;

/**
 * Relevance rank accuracy (Arras et al. 2022, arXiv 2003.07258, Eq. 2): of as many largest values
 * as the mask has pixels, the share that lies in it. Higher is better.
 *
 * @param part of the values that counts: {@code absolute} for masks of what speaks for the class
 *     and what speaks against it
 */
public record RelevanceRank(Part part) implements MaskMetric {
  public RelevanceRank() {
    this(Part.SIGNED);
  }

  @Override
  public String id() {
    return "relevance-rank";
  }

  @Override
  public String summary() {
    return "Share of the mask covered by as many largest values (Arras et al. 2022)";
  }

  @Override
  public List<Row> rows(Pixels pixels) {
    return List.of(
        Row.share(
            "rank",
            (map, mask) ->
                MapMetric.inside(
                    mask,
                    Arrays.copyOf(Order.DESCENDING.of(part.of(map), 0), MapMetric.size(mask)))));
  }
}
