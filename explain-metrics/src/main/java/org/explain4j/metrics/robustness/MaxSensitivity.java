package org.explain4j.metrics.robustness;

import java.util.function.ToDoubleFunction;
import org.explain4j.metrics.features.Vectors;

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
    implements Sensitivity {
  public MaxSensitivity() {
    this(10, 0.2, true, 1);
  }

  public MaxSensitivity {
    Noise.require(draws, radius, seed);
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
  public ToDoubleFunction<double[]> summarised() {
    return Vectors::largestOfKnown;
  }
}
