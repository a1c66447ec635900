package org.explain4j.methods.estimators;

import java.util.SplittableRandom;
import org.explain4j.api.Patterns;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.SignalEstimator;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.moments.LayerMoments;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The baseline estimator of Kindermans et al., section 4: {@code S(x) = u z / (w'u)} with a random
 * Gaussian direction u per neuron.
 *
 * @param fitOn has no effect: nothing is fitted
 * @param seed at least 1; together with the layer's name it determines the directions
 */
public record RandomDirection(RegressionTarget fitOn, long seed) implements SignalEstimator {

  public RandomDirection {
    if (seed < 1) {
      throw new IllegalArgumentException("The seed (" + seed + ") must be at least 1.");
    }
  }

  public RandomDirection() {
    this(RegressionTarget.PRE, 1);
  }

  @Override
  public String id() {
    return "random";
  }

  @Override
  public String summary() {
    return "S(x) = u z / (w'u), u random: the baseline (Kindermans et al., S_u)";
  }

  @Override
  public Patterns estimate(String name, LinearLayer layer, boolean logits, LayerMoments moments) {
    SplittableRandom random = new SplittableRandom(seed ^ ((long) name.hashCode() << 32));
    double[] values = new double[Math.toIntExact(layer.weights().length())];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian();
    }
    INDArray directions =
        Nd4j.createFromArray(values).reshape('c', moments.neurons(), moments.fanIn());
    return Directions.linear(directions, moments, Directions.lengths(directions, moments));
  }
}
