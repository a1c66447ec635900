package org.explain4j.methods.rules;

import java.util.List;
import org.explain4j.network.LayerKind;
import org.explain4j.network.Network;
import org.explain4j.network.Shapes;
import org.explain4j.network.propagation.Composite;
import org.explain4j.network.propagation.PropagationRule;

/**
 * DeepLIFT's multipliers (Shrikumar et al. 2017, arXiv 1704.02685): a layer's is its output's
 * difference from a reference over its input's.
 */
public final class Differences {
  private Differences() {}

  /**
   * The rescale rule.
   *
   * @param baseline per channel or one for all
   * @param epsilon for input differences below it the gradient is used instead
   * @param pooling whether max-pooling is rescaled, too, instead of passing to the winner
   */
  public static Composite rescale(
      Network network, List<Double> baseline, double epsilon, boolean pooling) {
    long[] shape = Shapes.withBatch(1, network.inputShape());
    RescaleRule rescale = new RescaleRule(epsilon);
    SecantRule secant = new SecantRule();
    return Composite.gradient()
        .with(LayerKind.ACTIVATION, rescale)
        .with(LayerKind.MAX_POOL, pooling ? rescale : PropagationRule.gradient())
        .with(LayerKind.AVERAGE_POOL, secant)
        .with(LayerKind.PRODUCT, secant)
        .with(LayerKind.NORMALISATION, secant)
        .from(ChannelValues.examples(baseline, network.dataType(), shape));
  }
}
