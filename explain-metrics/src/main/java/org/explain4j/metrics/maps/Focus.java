package org.explain4j.metrics.maps;

import java.util.List;
import org.explain4j.metrics.features.Pixels;

/**
 * Focus (Arias-Duart et al. 2022, arXiv 2109.15035, Eq. 1): on mosaics of four images, the share of
 * the positive relevance that lies in those of the explained class. Chance is 0.5 with two of them.
 * Higher is better. Missing where nothing is positive. The dataset {@code mosaics} makes such
 * images of any data, with the masks.
 */
public record Focus() implements MaskMetric {
  @Override
  public String id() {
    return "focus";
  }

  @Override
  public String summary() {
    return "Positive relevance inside the images of the class of a mosaic (Arias-Duart et al. 2022)";
  }

  @Override
  public List<Row> rows(Pixels pixels) {
    return List.of(Row.share("focus", Part.POSITIVE::mass));
  }
}
