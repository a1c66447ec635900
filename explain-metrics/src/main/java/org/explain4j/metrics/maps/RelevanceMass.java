package org.explain4j.metrics.maps;

import java.util.List;
import org.explain4j.metrics.features.Pixels;

/**
 * Relevance mass accuracy (Arras et al. 2022, arXiv 2003.07258, Eq. 1): the share of a map's sum
 * that lies in the mask. Higher is better. Missing where the sum is 0.
 *
 * @param part of the values that counts; the paper's maps have positive values only
 */
public record RelevanceMass(Part part) implements MaskMetric {
  public RelevanceMass() {
    this(Part.POSITIVE);
  }

  @Override
  public String id() {
    return "relevance-mass";
  }

  @Override
  public String summary() {
    return "Share of the positive relevance inside the object (Arras et al. 2022)";
  }

  @Override
  public List<Row> rows(Pixels pixels) {
    return List.of(Row.share("mass", part::mass));
  }
}
