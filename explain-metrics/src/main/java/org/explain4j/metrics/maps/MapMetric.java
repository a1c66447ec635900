package org.explain4j.metrics.maps;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.explain4j.api.Metric;
import org.explain4j.metrics.features.Maps;
import org.explain4j.metrics.features.Pixels;
import org.explain4j.network.arrays.Workers;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The engine of metrics that look at each map by itself. Their scores are missing (NaN) for a map
 * that is 0 everywhere, and where they need a mask, for an image without one or with an empty one.
 * Their baseline is Gaussian noise.
 */
interface MapMetric extends Metric {

  /** A score and how a map gets it. */
  record Row(String name, Direction direction, double margin, Rule rule) {
    /** A score between 0 and 1 of which more is better. */
    static Row share(String name, Rule rule) {
      return new Row(name, Direction.HIGHER_IS_BETTER, 0.02, rule);
    }
  }

  /** The value of a map with its mask; without one, the mask is empty. */
  @FunctionalInterface
  interface Rule {
    double of(double[] map, boolean[] mask);
  }

  /** Its scores for images of this size. */
  List<Row> rows(Pixels pixels);

  @Override
  default List<Result> baseline(Images images) {
    return Maps.random(this, images, Maps.FREE_SEEDS).toList();
  }

  @Override
  default Result evaluate(Evaluation evaluation) {
    Pixels pixels = Pixels.of(evaluation.classifier());
    double[][] maps = Maps.pixels(evaluation);
    boolean[][] masks = masks(evaluation.images().known().masks(), maps.length);
    List<Score> scores =
        rows(pixels).stream()
            .map(
                row ->
                    new Score(row.name, row.direction, row.margin, values(row.rule, maps, masks)))
            .toList();
    return new Result(scores, List.of());
  }

  private double[] values(Rule rule, double[][] maps, boolean[][] masks) {
    double[] values = new double[maps.length];
    Workers.forEach(
        maps.length,
        i ->
            values[i] =
                isZero(maps[i]) || (needsMasks() && !any(masks[i]))
                    ? Double.NaN
                    : rule.of(maps[i], masks[i]));
    return values;
  }

  private static boolean isZero(double[] map) {
    return Arrays.stream(map).allMatch(value -> value == 0);
  }

  private static boolean any(boolean[] mask) {
    for (boolean inside : mask) {
      if (inside) {
        return true;
      }
    }
    return false;
  }

  /** Empty for an example without a mask. */
  private static boolean[][] masks(Optional<INDArray> given, int count) {
    boolean[][] masks = new boolean[count][0];
    if (given.isPresent()) {
      double[][] rows = Maps.rows(given.get());
      for (int i = 0; i < count; i++) {
        if (Arrays.stream(rows[i]).noneMatch(Double::isNaN)) {
          masks[i] = new boolean[rows[i].length];
          for (int p = 0; p < rows[i].length; p++) {
            masks[i][p] = rows[i][p] > 0.5;
          }
        }
      }
    }
    return masks;
  }

  /** Number of pixels inside. */
  static int size(boolean... mask) {
    int size = 0;
    for (boolean inside : mask) {
      size += inside ? 1 : 0;
    }
    return size;
  }

  /** Which share of the pixels is inside. */
  static double inside(boolean[] mask, int... pixels) {
    return Arrays.stream(pixels).filter(p -> mask[p]).count() / (double) pixels.length;
  }
}
