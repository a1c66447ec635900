package org.explain4j.metrics.robustness;

import java.util.List;
import org.explain4j.api.Extension;
import org.explain4j.api.Metric;
import org.explain4j.network.Classifier;

/**
 * Max-sensitivity (Yeh et al. 2019, arXiv 1901.09392, Def. 2.2): the largest Euclidean distance of
 * an explanation from those of neighbours, by Monte Carlo. Lower is better. Missing where the
 * explanation is 0 and normalised.
 *
 * @param draws of neighbours
 * @param radius of the cube that neighbours are drawn from, in units of the network's input
 * @param normalised whether the distance is divided by the norm of the explanation, as in the
 *     authors' code; the paper does not
 * @param seed at least 1
 */
public record MaxSensitivity(int draws, double radius, boolean normalised, long seed)
    implements Metric {
  public MaxSensitivity() {
    this(10, 0.2, true, 1);
  }

  public MaxSensitivity {
    Extension.requireCount("draws", draws);
    Extension.requirePositive("radius", radius);
    Extension.requireSeed(seed);
  }

  @Override
  public String id() {
    return "max-sensitivity";
  }

  @Override
  public String summary() {
    return "Largest change of the explanation of a neighbour (Yeh et al. 2019)";
  }

  @Override
  public String family() {
    return "robustness";
  }

  @Override
  public Cost cost(Classifier classifier) {
    return new Cost(0, draws);
  }

  @Override
  public Result evaluate(Evaluation evaluation) {
    Neighbours neighbours = Neighbours.of(evaluation);
    double[][] distances =
        distances(neighbours, draws, Noise.UNIFORM.of(neighbours, radius, seed), normalised);
    return new Result(
        List.of(new Score("sensitivity", Direction.LOWER_IS_BETTER, Neighbours.largest(distances))),
        List.of());
  }

  /** How far the explanation of each neighbour is, {@code [example][draw]}. */
  static double[][] distances(
      Neighbours neighbours, int draws, Neighbours.Maker maker, boolean normalised) {
    return neighbours.compare(
        draws,
        maker,
        (change, map, other) -> {
          double distance = Neighbours.distance(map, other);
          return normalised ? distance / positive(Neighbours.norm(map)) : distance;
        });
  }

  /** A denominator of 0 makes the quotient missing. */
  static double positive(double value) {
    return value > 0 ? value : Double.NaN;
  }
}
