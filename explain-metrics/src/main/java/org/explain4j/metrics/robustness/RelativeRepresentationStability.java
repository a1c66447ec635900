package org.explain4j.metrics.robustness;

import java.util.Optional;
import org.explain4j.network.Classifier;

/**
 * Relative representation stability (Agarwal et al. 2022, arXiv 2203.06877, Eq. 3): the largest
 * quotient of the relative change of the explanation and the relative change of a layer, over
 * neighbours with the same prediction. Relative changes are element by element, and an element that
 * is 0 counts as 1e-6: with methods that give exact zeros, such as guided back-propagation, the
 * value mostly says how many there are. Lower is better. Missing where no neighbour has the same
 * prediction.
 *
 * @param draws of neighbours
 * @param radius of the cube that neighbours are drawn from, in units of the network's input
 * @param layer whose output is the representation; by default the last one with weights before the
 *     logits, whose output is not yet rectified
 * @param seed at least 1
 */
public record RelativeRepresentationStability(
    int draws, double radius, Optional<String> layer, long seed) implements RelativeMetric {
  public RelativeRepresentationStability() {
    this(10, 0.2, Optional.empty(), 1);
  }

  public RelativeRepresentationStability {
    Noise.require(draws, radius, seed);
  }

  @Override
  public String id() {
    return "relative-representation-stability";
  }

  @Override
  public String summary() {
    return "Relative change of the explanation per relative change of a layer (Agarwal et al. 2022)";
  }

  @Override
  public double[][] denominators(RelativeStability stability) {
    return stability.layer(stability.node(layer));
  }

  /** Neighbours are passed once more for what is divided by. */
  @Override
  public Cost cost(Classifier classifier) {
    return new Cost(2.0 * draws, draws);
  }
}
