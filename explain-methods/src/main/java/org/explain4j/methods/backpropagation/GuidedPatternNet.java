package org.explain4j.methods.backpropagation;

import org.explain4j.api.Group;
import org.explain4j.api.SignalEstimator;
import org.explain4j.api.Start;
import org.explain4j.api.Subject;
import org.explain4j.methods.estimators.TwoComponent;
import org.explain4j.methods.rules.Gradients;
import org.explain4j.network.LayerKind;
import org.explain4j.network.Network;
import org.explain4j.network.propagation.Applicability;
import org.explain4j.network.propagation.Composite;
import org.explain4j.network.propagation.PropagationRule;

/**
 * Guided PatternNet: PatternNet (Kindermans et al. 2018, arXiv 1705.05598) with Guided Backprop's
 * rectifiers, as in the authors' published code: only the signal that supports the class.
 *
 * @param estimator where the patterns come from; any but identity, which has none
 * @param start the published code starts from the logit
 */
public record GuidedPatternNet(SignalEstimator estimator, Start start) implements RuleTable {

  public GuidedPatternNet() {
    this(new TwoComponent(), Start.LOGIT);
  }

  @Override
  public String id() {
    return "guided-pattern-net";
  }

  @Override
  public String summary() {
    return "PatternNet with the rectifiers of Guided Backprop";
  }

  @Override
  public Group group() {
    return Group.SIGNAL;
  }

  @Override
  public Applicability applicability(Network network) {
    return PatternLayers.applicability(network, estimator, GuidedPatternNet::table);
  }

  @Override
  public Composite composite(Subject subject) {
    return table(Gradients.replaced(PatternLayers.of(subject, estimator, (w, a) -> a)));
  }

  private static Composite table(PropagationRule linear) {
    return Gradients.signal(linear).with(LayerKind.ACTIVATION, Gradients.guided());
  }
}
