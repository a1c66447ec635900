package org.explain4j.metrics.robustness;

import java.util.function.ToDoubleFunction;
import org.explain4j.metrics.features.Vectors;

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
    implements Sensitivity {
  public AvgSensitivity() {
    this(10, 0.2, true, 1);
  }

  public AvgSensitivity {
    Noise.require(draws, radius, seed);
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
  public ToDoubleFunction<double[]> summarised() {
    return Vectors::meanOfKnown;
  }
}
