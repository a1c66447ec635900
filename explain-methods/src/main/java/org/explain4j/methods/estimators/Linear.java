package org.explain4j.methods.estimators;

import org.explain4j.api.Patterns;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.SignalEstimator;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.moments.LayerMoments;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The estimator S_a of Kindermans et al., Eq. 3: {@code S(x) = a z} with {@code a = cov[x,y] /
 * var[y]}, the least-squares regression of x on y. Fitted on the rectified output r, {@code a =
 * cov[x,r] / (w'cov[x,r])}. The denominator is computed as {@code w'cov}, which is var[y], so
 * {@code w'a = 1} to the last digit.
 */
public record Linear(RegressionTarget fitOn) implements SignalEstimator {

  public Linear() {
    this(RegressionTarget.PRE);
  }

  @Override
  public String id() {
    return "linear";
  }

  @Override
  public String summary() {
    return "S(x) = a z, a = cov[x,y] / var[y] (Kindermans et al., Eq. 3, S_a)";
  }

  @Override
  public Patterns estimate(String name, LinearLayer layer, boolean logits, LayerMoments moments) {
    INDArray covariance = fitOn == RegressionTarget.PRE ? pre(moments) : post(moments);
    return Directions.linear(covariance, moments, Directions.variance(moments));
  }

  /** cov[x,y] = E[x z+] + E[x z-] - E[x] E[z], {@code [k,d]}. */
  private static INDArray pre(LayerMoments moments) {
    INDArray mean = moments.meanPositive().add(moments.meanNegative());
    try (INDArray negative = moments.meanXNegative();
        INDArray product = Directions.outer(mean, moments.meanX())) {
      return moments.meanXPositive().addi(negative).subi(product);
    }
  }

  /** cov[x,r] with r = z+ + b i, {@code [k,d]}. */
  private static INDArray post(LayerMoments moments) {
    INDArray mean = Directions.meanRectified(moments);
    try (INDArray product = Directions.outer(mean, moments.meanX())) {
      return Directions.meanXRectified(moments).subi(product);
    }
  }
}
