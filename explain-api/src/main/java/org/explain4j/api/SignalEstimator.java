package org.explain4j.api;

import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.network.moments.LayerMoments;
import org.explain4j.network.propagation.Applicability;

/**
 * Estimates the signal {@code s} in {@code x = s + d}: {@code S(x) = a+ z} where y &gt; 0, {@code
 * a- z} elsewhere, with {@code z = w'x}. A pure function of weights and moments.
 */
public interface SignalEstimator extends Extension {

  /** The output that is used in the regression. */
  RegressionTarget fitOn();

  /**
   * The signal directions of a layer's neurons, scaled so that {@code w'a = 1}.
   *
   * @param name of the layer's node, which seeds the layer's own random stream
   * @param logits whether the layer's output is the logits, which no rectifier follows
   * @param moments of the layer's inputs and outputs
   */
  Patterns estimate(String name, LinearLayer layer, boolean logits, LayerMoments moments);

  /**
   * Whether the estimator's theory covers a network's linear layers, without any data. By default
   * it does.
   */
  default Applicability applicability(Network network) {
    return Applicability.EXACT;
  }
}
