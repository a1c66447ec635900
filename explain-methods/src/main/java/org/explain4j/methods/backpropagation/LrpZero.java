package org.explain4j.methods.backpropagation;

import org.explain4j.api.Start;
import org.explain4j.methods.rules.EpsilonRule;
import org.explain4j.network.propagation.PropagationRule;

/**
 * LRP-0 (Bach et al. 2015, doi:10.1371/journal.pone.0130140, Eq. 56): {@code R_i = sum_j x_i w_ij
 * R_j / z_j}. With the bias in z and started from the logit it equals gradient x input (started
 * from one) on ReLU networks; without biases it conserves the logit. A neuron with z = 0 passes
 * nothing down.
 *
 * @param bias whether z includes the bias; iNNvestigate's "IgnoreBias" analyzers leave it out
 */
public record LrpZero(boolean bias, Start start) implements RelevanceExplainer {

  public LrpZero() {
    this(true, Start.LOGIT);
  }

  @Override
  public String id() {
    return "lrp-0";
  }

  @Override
  public String summary() {
    return "Relevance in proportion to contribution, not stabilised (Bach et al. 2015)";
  }

  @Override
  public PropagationRule rule() {
    return new EpsilonRule(0, bias);
  }
}
