package org.explain4j.methods.backpropagation;

import org.explain4j.api.Attributor;
import org.explain4j.api.Explainer;
import org.explain4j.api.Group;
import org.explain4j.api.Propagation;
import org.explain4j.api.Start;
import org.explain4j.api.Subject;
import org.explain4j.network.propagation.Composite;

/**
 * {@code x * df_c/dx}, the first-order share of each input in the logit (Shrikumar et al. 2016,
 * arXiv 1605.01713). Started from one it equals LRP-0 started from the logit on ReLU networks;
 * without biases it sums to the logit.
 */
public record GradientTimesInput(Start start) implements Explainer {

  public GradientTimesInput() {
    this(Start.ONE);
  }

  @Override
  public String id() {
    return "gradient-x-input";
  }

  @Override
  public String summary() {
    return "Gradient times input (Shrikumar et al. 2016)";
  }

  @Override
  public Group group() {
    return Group.ATTRIBUTION;
  }

  @Override
  public Attributor bind(Subject subject) {
    return new Propagation(subject.network(), Composite.gradient(), start, true);
  }
}
