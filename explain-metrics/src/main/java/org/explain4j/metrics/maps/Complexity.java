package org.explain4j.metrics.maps;

import java.util.Arrays;
import java.util.List;
import org.explain4j.metrics.features.Pixels;

/**
 * Complexity (Bhatt et al. 2020, arXiv 2005.00631, Def. 4): the entropy of each pixel's share of
 * the absolute attribution, in nats; 0 if one pixel has it all, ln d if all d have the same. Lower
 * is better.
 */
public record Complexity() implements MapMetric {
  @Override
  public String id() {
    return "complexity";
  }

  @Override
  public String summary() {
    return "Entropy of the shares of the absolute relevance (Bhatt et al. 2020)";
  }

  @Override
  public String family() {
    return "complexity";
  }

  @Override
  public List<Row> rows(Pixels pixels) {
    return List.of(
        new Row("entropy", Direction.LOWER_IS_BETTER, 0.02, (map, mask) -> entropy(map)));
  }

  private static double entropy(double... map) {
    double sum = Arrays.stream(map).map(Math::abs).sum();
    double entropy = 0;
    for (double value : map) {
      double share = Math.abs(value) / sum;
      entropy -= share == 0 ? 0 : share * Math.log(share);
    }
    return entropy + 0.0; // no -0
  }
}
