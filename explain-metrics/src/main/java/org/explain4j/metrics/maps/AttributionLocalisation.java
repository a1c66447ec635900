package org.explain4j.metrics.maps;

import java.util.List;
import org.explain4j.metrics.features.Pixels;

/**
 * Attribution localisation (Kohlbrenner et al. 2020, arXiv 1910.09840, Eq. 7 to 9): {@code mu}, the
 * share of the positive relevance that lies in the mask, and {@code weighted-mu}, that share
 * relative to the mask's share of the image, so that small objects count as much as large ones.
 * Higher is better. Missing where nothing is positive.
 */
public record AttributionLocalisation() implements MaskMetric {
  @Override
  public String id() {
    return "attribution-localisation";
  }

  @Override
  public String summary() {
    return "Positive relevance inside the object, by its size (Kohlbrenner et al. 2020)";
  }

  @Override
  public List<Row> rows(Pixels pixels) {
    return List.of(
        Row.share("mu", Part.POSITIVE::mass),
        Row.share(
            "weighted-mu",
            (map, mask) -> Part.POSITIVE.mass(map, mask) * mask.length / MapMetric.size(mask)));
  }
}
