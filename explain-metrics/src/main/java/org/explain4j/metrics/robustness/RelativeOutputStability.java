package org.explain4j.metrics.robustness;

import org.explain4j.network.Classifier;

/**
 * Relative output stability (Agarwal et al. 2022, arXiv 2203.06877, Eq. 5): the largest quotient of
 * the relative change of the explanation and the absolute change of the logits, over neighbours
 * with the same prediction. Relative changes are element by element, and an element that is 0
 * counts as 1e-6: with methods that give exact zeros, such as guided back-propagation, the value
 * mostly says how many there are. Lower is better. Missing where no neighbour has the same
 * prediction.
 *
 * @param draws of neighbours
 * @param radius of the cube that neighbours are drawn from, in units of the network's input
 * @param seed at least 1
 */
public record RelativeOutputStability(int draws, double radius, long seed)
    implements RelativeMetric {
  public RelativeOutputStability() {
    this(10, 0.2, 1);
  }

  public RelativeOutputStability {
    Noise.require(draws, radius, seed);
  }

  @Override
  public String id() {
    return "relative-output-stability";
  }

  @Override
  public String summary() {
    return "Relative change of the explanation per change of the logits (Agarwal et al. 2022)";
  }

  @Override
  public double[][] denominators(RelativeStability stability) {
    return stability.outputs();
  }

  /** Neighbours are passed once more for what is divided by. */
  @Override
  public Cost cost(Classifier classifier) {
    return new Cost(2.0 * draws, draws);
  }
}
