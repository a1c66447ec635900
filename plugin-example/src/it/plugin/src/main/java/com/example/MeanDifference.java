package com.example;

import java.util.ArrayList;
import java.util.List;
import org.explain4j.api.Patterns;
import org.explain4j.api.Patterns.State;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.SignalEstimator;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.moments.LayerMoments;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The direction from the mean input of a silent neuron to that of an active one: {@code a ~
 * E[x|y>0] - E[x|y<=0]}, which is {@code cov[x, 1[y>0]]} up to a factor. Vanishes for neurons that
 * are never silent or never active.
 */
public record MeanDifference() implements SignalEstimator {

  @Override
  public String id() {
    return "mean-difference";
  }

  @Override
  public String summary() {
    return "Difference of the mean inputs of the active and the silent neuron";
  }

  @Override
  public RegressionTarget fitOn() {
    return RegressionTarget.PRE;
  }

  @Override
  public Patterns estimate(String name, LinearLayer layer, boolean logits, LayerMoments moments) {
    INDArray direction = moments.meanXActive().dup();
    List<State> states = new ArrayList<>();
    for (int neuron = 0; neuron < moments.neurons(); neuron++) {
      INDArray a = direction.getRow(neuron);
      a.subi(moments.meanX().mul(moments.active().getDouble(neuron)));
      double scale = a.mul(moments.weights().getRow(neuron)).sumNumber().doubleValue();
      double active = moments.activeCount().getDouble(neuron);
      boolean fitted = active > 0 && active < moments.count() && scale > 0;
      a.muli(fitted ? 1 / scale : 0);
      states.add(fitted ? State.FITTED : State.VANISHING);
    }
    INDArray shaped = moments.shaped(direction);
    return new Patterns(shaped, shaped, states, states);
  }
}
