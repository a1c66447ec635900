package org.explain4j.metrics.rho;

import org.explain4j.api.SignalQuality;
import org.explain4j.api.moments.LayerData;
import org.explain4j.api.network.LinearLayer;

/**
 * rho in closed form: the regression v of the target on the residual is {@code (cov[d^,d^] +
 * ridge)^-1 cov[d^,t]}, and all covariances follow from the layer's moments. The covariance of the
 * residual differs from that of the layer's inputs by a matrix of rank 4, so that one Cholesky
 * factorisation a layer serves all neurons, estimators and targets (Woodbury).
 *
 * <p>The residual has no variance along w; there {@code tau ww'} is added, which leaves rho
 * unchanged. Diagnostics: {@code ridge} (absolute), {@code loss} (mean squared error on split B as
 * a share of the target's variance, mean over included neurons), {@code seconds}, {@code
 * constant-inputs} (inputs without variance on split B).
 *
 * @param ridge relative to the mean variance of the layer's inputs on split B; positive
 */
public record ClosedForm(double ridge) implements SignalQuality {

  /** A ridge of 1e-6. */
  public ClosedForm() {
    this(1e-6);
  }

  public ClosedForm {
    if (!(ridge > 0) || Double.isInfinite(ridge)) {
      throw new IllegalArgumentException(
          "The ridge (%s) must be positive.\nMaybe set closed-form.ridge to 1e-6."
              .formatted(ridge));
    }
  }

  @Override
  public String id() {
    return "closed-form";
  }

  @Override
  public String summary() {
    return "rho by least squares from streaming moments, one factorisation a layer";
  }

  @Override
  public boolean drawsSamples() {
    return false;
  }

  @Override
  public Measure of(LinearLayer layer, LayerData fit, LayerData evaluate) {
    return new ClosedFormMeasure(ridge, layer, fit, evaluate);
  }
}
