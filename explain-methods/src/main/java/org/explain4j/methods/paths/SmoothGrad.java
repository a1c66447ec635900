package org.explain4j.methods.paths;

import org.explain4j.api.Explainer;
import org.explain4j.methods.backpropagation.Gradient;

/**
 * SmoothGrad (Smilkov et al. 2017, arXiv 1706.03825): the mean of a method's results over copies of
 * the example with Gaussian noise. The explained class is that of the clean example; the noisy
 * copies are not clipped. Captum gives the noise in units of the input, not of its range.
 *
 * @param of the method to smooth
 * @param samples noisy copies of each example
 * @param noise standard deviation as a fraction of each example's range (largest minus smallest)
 * @param seed at least 1; together with an example's content it determines the noise
 */
public record SmoothGrad(Explainer of, int samples, double noise, long seed) implements Smoothed {

  public SmoothGrad {
    Smoothing.check(samples, noise, seed);
  }

  public SmoothGrad() {
    this(new Gradient(), 50, 0.15, 1);
  }

  @Override
  public String id() {
    return "smoothgrad";
  }

  @Override
  public String summary() {
    return "Mean of a method over noisy copies (Smilkov et al. 2017)";
  }

  @Override
  public Smoothing.Moment moment() {
    return Smoothing.Moment.MEAN;
  }
}
