package org.explain4j.methods.estimators;

import org.explain4j.api.Patterns;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.SignalEstimator;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.network.moments.LayerMoments;
import org.explain4j.network.propagation.Applicability;

/**
 * The estimator S_a+- of Kindermans et al., Eqs. 4 to 7: {@code S(x) = a+ z} where y &gt; 0, {@code
 * a- z} elsewhere, with
 *
 * <pre>a+ = (E+[xy] - E+[x] E[y]) / (w'E+[xy] - w'E+[x] E[y])        (Eq. 7), a- over y &lt;= 0
 * </pre>
 *
 * E+ and E- are means over the regime, E[y] is the mean over all samples. Fitted on the rectified
 * output r: {@code a+ = (E+[xr] - E+[x] E[r]) / (w'...)} and {@code a- = E-[x] / (w'E-[x])}, which
 * makes the residual uncorrelated with r. A negative denominator is harmless and is kept.
 * iNNvestigate and nn-patterns compute the same, even for the logit layer.
 *
 * @param logits the estimator of the logit layer
 */
public record TwoComponent(RegressionTarget fitOn, LogitPattern logits) implements SignalEstimator {

  public TwoComponent() {
    this(RegressionTarget.PRE, LogitPattern.LINEAR);
  }

  @Override
  public String id() {
    return "two-component";
  }

  @Override
  public String summary() {
    return "S(x) = a+ z where y > 0, a- z elsewhere (Kindermans et al., Eq. 7, S_a+-)";
  }

  @Override
  public Applicability applicability(Network network) {
    return Regimes.applicability(network);
  }

  @Override
  public Patterns estimate(String name, LinearLayer layer, boolean isLogits, LayerMoments moments) {
    if (isLogits && logits == LogitPattern.LINEAR) {
      return new Linear(fitOn).estimate(name, layer, true, moments);
    }
    return Regimes.patterns(fitOn, moments);
  }
}
