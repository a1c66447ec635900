package org.explain4j.experiments.tiny;

import org.explain4j.api.Patterns;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.SignalEstimator;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.moments.LayerMoments;

/** An estimator that takes the weights for patterns, and fails at one layer. */
public record Fickle(String layer) implements SignalEstimator {

  public Fickle() {
    this("wide");
  }

  @Override
  public String id() {
    return "fickle";
  }

  @Override
  public String summary() {
    return "for tests";
  }

  @Override
  public RegressionTarget fitOn() {
    return RegressionTarget.PRE;
  }

  @Override
  public Patterns estimate(String node, LinearLayer linear, boolean logits, LayerMoments moments) {
    if (node.equals(layer)) {
      throw new IllegalArgumentException("Node '" + node + "' is not to my taste.");
    }
    return Patterns.linear(moments.shaped(moments.weights().dup()));
  }
}
