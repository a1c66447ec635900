package org.explain4j.methods.paths;

import org.explain4j.api.Explainer;
import org.explain4j.methods.backpropagation.Gradient;

/**
 * VarGrad (Adebayo et al. 2018, arXiv 1810.03307): the variance of a method's results over noisy
 * copies of the example, divided by n as in Captum.
 *
 * @param of the method to smooth
 * @param samples noisy copies of each example
 * @param noise standard deviation as a fraction of each example's range (largest minus smallest)
 * @param seed at least 1; together with an example's content it determines the noise
 */
public record VarGrad(Explainer of, int samples, double noise, long seed) implements Smoothed {

  public VarGrad {
    Smoothing.check(samples, noise, seed);
  }

  public VarGrad() {
    this(new Gradient(), 50, 0.15, 1);
  }

  @Override
  public String id() {
    return "vargrad";
  }

  @Override
  public String summary() {
    return "Variance of a method over noisy copies (Adebayo et al. 2018)";
  }

  @Override
  public Smoothing.Moment moment() {
    return Smoothing.Moment.VARIANCE;
  }
}
