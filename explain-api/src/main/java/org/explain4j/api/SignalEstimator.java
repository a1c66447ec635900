package org.explain4j.api;

import java.util.ArrayList;
import java.util.List;
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
   * The same for any layer: of a convolution of several groups, whose neurons see inputs of their
   * own, {@link #estimate} is asked for each group, {@code NAME.group0} and so on.
   */
  default Patterns patterns(String name, LinearLayer layer, boolean logits, LayerMoments moments) {
    if (layer.groups() == 1) {
      return estimate(name, layer, logits, moments);
    }
    List<Patterns> groups = new ArrayList<>();
    for (int g = 0; g < layer.groups(); g++) {
      groups.add(estimate(name + ".group" + g, layer.group(g), logits, moments.group(g)));
    }
    return Patterns.joined(groups);
  }

  /**
   * Whether the estimator's theory covers a network's linear layers, without any data. By default
   * it does.
   */
  default Applicability applicability(Network network) {
    return Applicability.EXACT;
  }
}
