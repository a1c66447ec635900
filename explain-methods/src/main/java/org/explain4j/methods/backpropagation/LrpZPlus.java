package org.explain4j.methods.backpropagation;

import org.explain4j.api.Start;
import org.explain4j.methods.rules.AlphaBetaRule;
import org.explain4j.methods.rules.Bias;
import org.explain4j.network.propagation.PropagationRule;

/**
 * The z+ rule (Montavon et al. 2017, doi:10.1016/j.patcog.2016.11.008, Eq. 15): {@code R_i = sum_j
 * (x_i w_ij)+ R_j / z_j+}, alpha-beta with alpha 1 and beta 0.
 *
 * @param bias zennit's ZPlus has b+ in the denominator ({@link Bias#SPLIT}), iNNvestigate no bias
 * @param epsilon above 0: a class without positive evidence would give 0/0
 */
public record LrpZPlus(Bias bias, double epsilon, Start start) implements RelevanceExplainer {

  public LrpZPlus {
    if (!(epsilon > 0)) {
      throw new IllegalArgumentException("The epsilon (" + epsilon + ") must be above 0.");
    }
  }

  public LrpZPlus() {
    this(Bias.IGNORED, 1e-6, Start.LOGIT);
  }

  @Override
  public String id() {
    return "lrp-z-plus";
  }

  @Override
  public String summary() {
    return "Relevance of positive contributions only (Montavon et al. 2017)";
  }

  @Override
  public PropagationRule rule() {
    return new AlphaBetaRule(1, 0, bias, epsilon);
  }
}
