package org.explain4j.methods.backpropagation;

import org.explain4j.api.Group;
import org.explain4j.api.Start;
import org.explain4j.api.Subject;
import org.explain4j.methods.rules.Gradients;
import org.explain4j.network.LayerKind;
import org.explain4j.network.propagation.Composite;

/**
 * Guided Backprop (Springenberg et al. 2015, arXiv 1412.6806): the gradient that passes a rectifier
 * only where the forward pass did and where it is positive.
 *
 * @param start iNNvestigate starts from the logit, Captum from one
 */
public record GuidedBackprop(Start start) implements RuleTable {

  public GuidedBackprop() {
    this(Start.ONE);
  }

  @Override
  public String id() {
    return "guided-backprop";
  }

  @Override
  public String summary() {
    return "Gradient gated by the forward pass and rectified (Springenberg et al. 2015)";
  }

  @Override
  public Group group() {
    return Group.SIGNAL;
  }

  @Override
  public Composite composite(Subject subject) {
    return Composite.gradient().with(LayerKind.ACTIVATION, Gradients.guided());
  }
}
