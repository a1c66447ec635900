package org.explain4j.methods.rules;

import org.explain4j.network.LayerKind;
import org.explain4j.network.propagation.Composite;
import org.explain4j.network.propagation.PropagationRule;

/**
 * DeepLIFT's multipliers (Shrikumar et al. 2017, arXiv 1704.02685): a layer's is its output's
 * difference from a reference over its input's.
 */
public final class Differences {
  private Differences() {}

  /**
   * The rescale rule; the composite needs a reference.
   *
   * @param epsilon for input differences below it the gradient is used instead
   * @param pooling whether max-pooling is rescaled, too, instead of passing to the winner
   */
  public static Composite rescale(double epsilon, boolean pooling) {
    RescaleRule rescale = new RescaleRule(epsilon);
    SecantRule secant = new SecantRule();
    return Composite.gradient()
        .with(LayerKind.ACTIVATION, rescale)
        .with(LayerKind.MAX_POOL, pooling ? rescale : PropagationRule.gradient())
        .with(LayerKind.AVERAGE_POOL, secant)
        .with(LayerKind.PRODUCT, secant)
        .with(LayerKind.NORMALISATION, secant);
  }
}
