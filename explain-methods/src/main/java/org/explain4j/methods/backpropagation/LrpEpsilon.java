package org.explain4j.methods.backpropagation;

import java.util.Locale;
import org.explain4j.api.Start;
import org.explain4j.methods.rules.EpsilonRule;
import org.explain4j.network.propagation.PropagationRule;

/**
 * LRP-epsilon (Bach et al. 2015, doi:10.1371/journal.pone.0130140, Eq. 58): {@code R_i = sum_j x_i
 * w_ij R_j / (z_j + sign(z_j) epsilon)}, sign(0) = 1. What epsilon absorbs is lost: it filters weak
 * and contradictory evidence.
 *
 * @param epsilon above 0, in units of z; zennit's default is 1e-6, iNNvestigate's 1e-7
 * @param bias whether z includes the bias; iNNvestigate's "IgnoreBias" analyzers leave it out
 */
public record LrpEpsilon(double epsilon, boolean bias, Start start) implements RelevanceExplainer {

  public LrpEpsilon {
    if (!(epsilon > 0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "The epsilon (%s) must be above 0.\nMaybe use lrp-0.", epsilon));
    }
  }

  public LrpEpsilon() {
    this(1e-6, true, Start.LOGIT);
  }

  @Override
  public String id() {
    return "lrp-epsilon";
  }

  @Override
  public String summary() {
    return "Relevance in proportion to contribution, stabilised (Bach et al. 2015)";
  }

  @Override
  public PropagationRule rule() {
    return new EpsilonRule(epsilon, bias);
  }
}
