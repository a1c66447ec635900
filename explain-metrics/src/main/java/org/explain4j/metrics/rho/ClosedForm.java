package org.explain4j.metrics.rho;

import java.util.Locale;
import org.explain4j.api.SignalQuality;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.moments.LayerData;

/**
 * rho in closed form: the regression v of the target on the residual is {@code (cov[d^,d^] +
 * ridge)^-1 cov[d^,t]}, and all covariances follow from the layer's moments. The covariance of the
 * residual differs from that of the layer's inputs by a matrix of rank 4, so one Cholesky
 * factorisation per layer serves all neurons, estimators and targets (Woodbury).
 *
 * <p>The residual has no variance along w; {@code tau qq'} is added there, which leaves rho
 * unchanged. It is not added where a regime occurs on split B and has no pattern: there {@code
 * w'd^} reveals y, and tau would be a penalty. Diagnostics of its own: {@code ridge} (absolute),
 * {@code constant-inputs} (inputs without variance on split B), {@code dropped-inputs} and {@code
 * leaking}.
 *
 * <p>A ridge of 0 is exact least squares. Inputs that are constant on split B, or linear
 * combinations of others to a share of 1e-10 of their variance, are then dropped: v is 0 there, the
 * rest is regular, and v'd^ on split B is that of the pseudo-inverse's solution. The same is true
 * on split C if the same combinations hold there, as they do for dead, padded or duplicated inputs;
 * with fewer samples than inputs they do not, and v is one of many. {@code dropped-inputs} counts
 * the dropped inputs.
 *
 * <p>A pattern that points out of the space in which x varies on split B puts y itself into the
 * residual: some {@code n'x} is constant and {@code n'd^ = -(n'a) z}. Then rho for the
 * pre-activation is exactly 0, however small n'a is; {@code leaking} counts these neurons. It
 * happens to filters and random directions as soon as an input is dead, and to patterns fitted on
 * split A if an input is active there and never on B. A ridge hides leaks that are small compared
 * with it; they are counted all the same, except those along combinations of inputs, which it
 * cannot detect.
 *
 * @param ridge relative to the mean variance of the layer's inputs on split B; 0 for exact least
 *     squares
 */
public record ClosedForm(double ridge) implements SignalQuality {

  /** A ridge of 1e-6. */
  public ClosedForm() {
    this(1e-6);
  }

  public ClosedForm {
    if (!(ridge >= 0) || Double.isInfinite(ridge)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The ridge (%s) must not be negative.\nMaybe set closed-form.ridge to 1e-6.",
              ridge));
    }
  }

  @Override
  public String id() {
    return "closed-form";
  }

  @Override
  public String summary() {
    return "rho by least squares from streaming moments, one factorisation per layer";
  }

  @Override
  public boolean drawsSamples() {
    return false;
  }

  @Override
  public Measure of(LinearLayer layer, LayerData fit, LayerData evaluate) {
    return new ClosedFormMeasure(LayerSystem.of(ridge, layer, fit, evaluate));
  }
}
