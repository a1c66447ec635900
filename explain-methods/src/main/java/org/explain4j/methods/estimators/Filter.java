package org.explain4j.methods.estimators;

import org.explain4j.api.Patterns;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.SignalEstimator;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.moments.LayerMoments;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The estimator S_w of Kindermans et al., section 3: {@code S(x) = w z / (w'w)}, the filter is
 * taken for the signal direction, as in gradient, DeconvNet and Guided Backprop.
 *
 * @param fitOn has no effect: nothing is fitted
 */
public record Filter(RegressionTarget fitOn) implements SignalEstimator {

  public Filter() {
    this(RegressionTarget.PRE);
  }

  @Override
  public String id() {
    return "filter";
  }

  @Override
  public String summary() {
    return "S(x) = w z / (w'w): the filter as signal direction (Kindermans et al., S_w)";
  }

  @Override
  public Patterns estimate(String name, LinearLayer layer, boolean logits, LayerMoments moments) {
    INDArray directions = moments.weights().dup('c');
    return Directions.linear(directions, moments, Directions.lengths(directions, moments));
  }
}
