package org.explain4j.metrics.maps;

import java.util.Arrays;
import org.explain4j.metrics.features.Maps;
import org.explain4j.metrics.features.Vectors;
import org.explain4j.network.arrays.Workers;

/**
 * Sufficiency (Dasgupta et al. 2022, arXiv 2202.00734, Def. 2): of the other images that an image's
 * explanation applies to, the share with the same prediction. It applies to images whose own
 * explanation is near: the Euclidean distance of the absolute maps, each divided by its largest
 * value, is at most a share of the largest distance in the set. Higher is better. Missing for an
 * image whose explanation applies to no other. All images are judged as one set.
 *
 * @param distance share of the largest distance
 */
public record Sufficiency(double distance) implements SetMetric {
  public Sufficiency() {
    this(0.6);
  }

  public Sufficiency {
    if (!(distance > 0 && distance <= 1)) {
      throw new IllegalArgumentException(
          "The distance (" + distance + ") must lie above 0 and be at most 1.");
    }
  }

  @Override
  public String id() {
    return "sufficiency";
  }

  @Override
  public String summary() {
    return "Same prediction where the explanation applies (Dasgupta et al. 2022)";
  }

  @Override
  public Relation relation(Evaluation evaluation) {
    double[][] distances = distances(evaluation);
    double largest =
        Arrays.stream(distances).flatMapToDouble(Arrays::stream).max().orElse(Double.NaN);
    return (one, other) -> distances[one][other] <= distance * largest;
  }

  /** Between all maps of the set. */
  static double[][] distances(Evaluation evaluation) {
    double[][] maps = Maps.pixels(evaluation);
    for (double[] map : maps) {
      double largest = Arrays.stream(map).map(Math::abs).max().orElse(0);
      Arrays.setAll(map, i -> largest == 0 ? 0 : Math.abs(map[i]) / largest);
    }
    double[][] distances = new double[maps.length][maps.length];
    Workers.forEach(
        maps.length, i -> Arrays.setAll(distances[i], j -> Vectors.distance(maps[i], maps[j])));
    return distances;
  }
}
