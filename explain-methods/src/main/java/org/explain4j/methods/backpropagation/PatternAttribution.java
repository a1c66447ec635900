package org.explain4j.methods.backpropagation;

import java.util.Map;
import org.explain4j.api.SignalEstimator;
import org.explain4j.api.Start;
import org.explain4j.api.Subject;
import org.explain4j.methods.estimators.Identity;
import org.explain4j.methods.estimators.TwoComponent;
import org.explain4j.methods.rules.Gradients;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.network.propagation.Applicability;
import org.explain4j.network.propagation.Composite;
import org.explain4j.network.propagation.ReplacedWeights;

/**
 * PatternAttribution (Kindermans et al. 2018, arXiv 1705.05598, section 5): the gradient with each
 * weight vector replaced by {@code w * a+} elementwise, a deep Taylor decomposition whose root
 * point is the signal's absence. It shows how much each part of the signal contributed. With the
 * filter estimator it is {@code w * w / (w'w)} after the ReLU gate, which is not LRP's w^2 rule.
 *
 * @param estimator where the patterns come from; identity gives LRP-0
 * @param start the published code starts from the logit
 */
public record PatternAttribution(SignalEstimator estimator, Start start) implements RuleTable {

  public PatternAttribution() {
    this(new TwoComponent(), Start.LOGIT);
  }

  @Override
  public String id() {
    return "pattern-attribution";
  }

  @Override
  public String summary() {
    return "What the detected signal contributed (Kindermans et al. 2018)";
  }

  @Override
  public Composite composite(Subject subject) {
    if (estimator instanceof Identity) {
      return new LrpZero(true, start).composite(subject);
    }
    Map<String, LinearLayer> shares = PatternLayers.of(subject, estimator, (w, a) -> a.muli(w));
    return Gradients.attribution(new ReplacedWeights(shares, "gradient with w * pattern"));
  }

  @Override
  public Applicability applicability(Network network) {
    return estimator instanceof Identity
        ? new LrpZero(true, start).applicability(network)
        : PatternLayers.applicability(network, estimator, Gradients::attribution);
  }
}
