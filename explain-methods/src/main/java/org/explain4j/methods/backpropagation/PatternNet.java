package org.explain4j.methods.backpropagation;

import org.explain4j.api.Group;
import org.explain4j.api.SignalEstimator;
import org.explain4j.api.Start;
import org.explain4j.api.Subject;
import org.explain4j.methods.estimators.TwoComponent;
import org.explain4j.methods.rules.Gradients;
import org.explain4j.network.Network;
import org.explain4j.network.propagation.Applicability;
import org.explain4j.network.propagation.Composite;

/**
 * PatternNet (Kindermans et al. 2018, arXiv 1705.05598, section 5): the gradient with each weight
 * vector replaced by its pattern a+, which projects the signal that produced the logit into input
 * space. {@code w'a = 1} does not bound |a|: values may reach 1e7, so compare them relative to each
 * other.
 *
 * @param estimator where the patterns come from; any but identity, which has none
 * @param start the published code starts from the logit
 */
public record PatternNet(SignalEstimator estimator, Start start) implements RuleTable {

  public PatternNet() {
    this(new TwoComponent(), Start.LOGIT);
  }

  @Override
  public String id() {
    return "pattern-net";
  }

  @Override
  public String summary() {
    return "The signal that the network detected (Kindermans et al. 2018)";
  }

  @Override
  public Group group() {
    return Group.SIGNAL;
  }

  @Override
  public Applicability applicability(Network network) {
    return PatternLayers.applicability(network, estimator, Gradients::signal);
  }

  @Override
  public Composite composite(Subject subject) {
    return Gradients.signal(Gradients.replaced(PatternLayers.of(subject, estimator, (w, a) -> a)));
  }
}
