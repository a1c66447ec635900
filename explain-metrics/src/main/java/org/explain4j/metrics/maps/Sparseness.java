package org.explain4j.metrics.maps;

import java.util.Arrays;
import java.util.List;
import org.explain4j.metrics.features.Pixels;

/**
 * Sparseness (Chalasani et al. 2020, arXiv 1810.06583): the Gini index of the absolute values
 * (Hurley and Rickard 2009, arXiv 0811.4706), 0 where all are equal and 1 - 1/d where one of d is
 * not 0. Higher is better.
 */
public record Sparseness() implements MapMetric {
  @Override
  public String id() {
    return "sparseness";
  }

  @Override
  public String summary() {
    return "Gini index of the absolute values (Chalasani et al. 2020)";
  }

  @Override
  public String family() {
    return "complexity";
  }

  @Override
  public List<Row> rows(Pixels pixels) {
    return List.of(Row.share("gini", (map, mask) -> gini(map)));
  }

  private static double gini(double... map) {
    double[] sorted = Arrays.stream(map).map(Math::abs).sorted().toArray();
    double weighted = 0;
    for (int k = 0; k < sorted.length; k++) {
      weighted += (2 * (k + 1.0) - sorted.length - 1) * sorted[k];
    }
    return weighted / (sorted.length * Arrays.stream(sorted).sum());
  }
}
