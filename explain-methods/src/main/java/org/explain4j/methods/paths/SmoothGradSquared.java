package org.explain4j.methods.paths;

import org.explain4j.api.Explainer;
import org.explain4j.methods.backpropagation.Gradient;

/**
 * SmoothGrad-squared (Hooker et al. 2019, arXiv 1806.10758): like SmoothGrad, but each sample's
 * result is squared before the mean is taken.
 *
 * @param of the method to smooth
 * @param samples noisy copies of each example
 * @param noise standard deviation as a fraction of each example's range (largest minus smallest)
 * @param seed at least 1; together with an example's content it determines the noise
 */
public record SmoothGradSquared(Explainer of, int samples, double noise, long seed)
    implements Smoothed {

  public SmoothGradSquared {
    Smoothing.check(samples, noise, seed);
  }

  public SmoothGradSquared() {
    this(new Gradient(), 50, 0.15, 1);
  }

  @Override
  public String id() {
    return "smoothgrad-squared";
  }

  @Override
  public String summary() {
    return "Mean square of a method over noisy copies (Hooker et al. 2019)";
  }

  @Override
  public Smoothing.Moment moment() {
    return Smoothing.Moment.MEAN_SQUARE;
  }
}
