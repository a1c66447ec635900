package org.explain4j.methods.backpropagation;

import org.explain4j.api.Attributor;
import org.explain4j.api.Explainer;
import org.explain4j.api.Group;
import org.explain4j.api.Start;
import org.explain4j.api.Subject;
import org.explain4j.network.propagation.Composite;

/**
 * The derivative of the explained logit by each input: {@code df_c/dx} (Baehrens et al. 2010;
 * Simonyan et al. 2014, arXiv 1312.6034). Max-pooling ties go to the first maximum, as in PyTorch;
 * Theano sends the gradient to all tied places.
 *
 * @param start iNNvestigate and Captum start from one, nn-patterns from the logit
 */
public record Gradient(Start start) implements Explainer {

  public Gradient() {
    this(Start.ONE);
  }

  @Override
  public String id() {
    return "gradient";
  }

  @Override
  public String summary() {
    return "How the logit changes with each input (Simonyan et al. 2014)";
  }

  @Override
  public Group group() {
    return Group.FUNCTION;
  }

  @Override
  public Attributor bind(Subject subject) {
    return Attributor.of(subject.network(), Composite.gradient(), start);
  }
}
