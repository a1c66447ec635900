package org.explain4j.metrics.robustness;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.explain4j.api.Extension;
import org.explain4j.metrics.features.Pixels;
import org.explain4j.metrics.features.Vectors;

/**
 * Continuity (Montavon et al. 2018, arXiv 1706.07979, section 7.1): the largest quotient of the
 * absolute change of the explanation, summed, and the Euclidean change of the input, over shifts to
 * the left and right. What is shifted in is a constant. Lower is better. It grows with the scale of
 * the explanations. Missing for a constant image that no shift changes.
 *
 * @param shift largest, in pixels
 * @param value of the pixels that are shifted in
 */
public record Continuity(int shift, double value) implements NeighbourMetric {
  public Continuity() {
    this(2, 0);
  }

  public Continuity {
    Extension.requireCount("shift", shift);
  }

  @Override
  public String id() {
    return "continuity";
  }

  @Override
  public String summary() {
    return "Largest change of the explanation while the image is shifted (Montavon et al. 2018)";
  }

  @Override
  public int neighbours() {
    return 2 * shift;
  }

  @Override
  public String score() {
    return "continuity";
  }

  @Override
  public double[] values(Neighbours neighbours) {
    return Arrays.stream(quotients(neighbours)).mapToDouble(Vectors::largestOfKnown).toArray();
  }

  /** Of the shifts to the left, the largest first, and then to the right. */
  double[][] quotients(Neighbours neighbours) {
    int[] shifts = IntStream.rangeClosed(-shift, shift).filter(by -> by != 0).toArray();
    int width = Pixels.of(neighbours.evaluation().classifier()).width();
    return neighbours.compare(
        shifts.length,
        (example, draw, target) -> {
          int start = neighbours.examples().start(example);
          for (int i = 0; i < target.length; i++) {
            int from = i % width - shifts[draw];
            boolean inside = from >= 0 && from < width;
            target[i] = inside ? neighbours.examples().values()[start + i - shifts[draw]] : value;
          }
        },
        (change, map, other) ->
            Vectors.quotient(Vectors.manhattan(map, other), Vectors.norm(change)));
  }
}
