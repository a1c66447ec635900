package org.explain4j.metrics.robustness;

import java.util.List;
import org.explain4j.api.Extension;
import org.explain4j.api.Metric;
import org.explain4j.network.Classifier;

/**
 * Average sensitivity (Bhatt et al. 2020, arXiv 2005.00631, Def. 2): the mean Euclidean distance of
 * an explanation from those of neighbours, by Monte Carlo. Lower is better. Missing where the
 * explanation is 0 and normalised.
 *
 * @param draws of neighbours
 * @param radius of the cube that neighbours are drawn from, in units of the network's input
 * @param normalised whether the distance is divided by the norm of the explanation, as in the
 *     authors' code; the paper does not
 * @param seed at least 1
 */
public record AvgSensitivity(int draws, double radius, boolean normalised, long seed)
    implements Metric {
  public AvgSensitivity() {
    this(10, 0.2, true, 1);
  }

  public AvgSensitivity {
    Extension.requireCount("draws", draws);
    Extension.requirePositive("radius", radius);
    Extension.requireSeed(seed);
  }

  @Override
  public String id() {
    return "avg-sensitivity";
  }

  @Override
  public String summary() {
    return "Mean change of the explanation of a neighbour (Bhatt et al. 2020)";
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
        MaxSensitivity.distances(
            neighbours, draws, Noise.UNIFORM.of(neighbours, radius, seed), normalised);
    return new Result(
        List.of(new Score("sensitivity", Direction.LOWER_IS_BETTER, Neighbours.mean(distances))),
        List.of());
  }
}
