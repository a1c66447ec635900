package org.explain4j.methods.estimators;

import org.explain4j.api.Patterns;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.SignalEstimator;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.moments.LayerMoments;

/**
 * The estimator S_x of Kindermans et al., section 3: {@code S(x) = x}, everything is signal. There
 * is neither a distractor, so rho is undefined, nor a pattern; its heat map is that of LRP-0.
 *
 * @param fitOn has no effect: nothing is fitted
 */
public record Identity(RegressionTarget fitOn) implements SignalEstimator {

  public Identity() {
    this(RegressionTarget.PRE);
  }

  @Override
  public String id() {
    return "identity";
  }

  @Override
  public String summary() {
    return "S(x) = x: everything is signal (Kindermans et al., S_x)";
  }

  @Override
  public Patterns estimate(String name, LinearLayer layer, boolean logits, LayerMoments moments) {
    return Patterns.identity();
  }
}
