package org.explain4j.methods.backpropagation;

import org.explain4j.api.Start;
import org.explain4j.api.Subject;
import org.explain4j.methods.rules.PaddingShare;
import org.explain4j.methods.rules.Relevance;
import org.explain4j.methods.rules.WeightRule;
import org.explain4j.network.propagation.Composite;
import org.explain4j.network.propagation.PropagationRule;

/**
 * The w^2 rule at all layers (Montavon et al. 2017, doi:10.1016/j.patcog.2016.11.008, Eq. 12):
 * {@code R_i = sum_j w_ij^2 / (sum_i w_ij^2 + epsilon) R_j}, whatever the input. Other tools differ
 * at max-pooling and padding as with {@link LrpFlat}, which gives the LRP toolbox's settings.
 *
 * @param epsilon added to the denominator
 * @param bias whether b^2 is in the denominator, as in zennit only
 * @param padding whether zero padding takes a share
 */
public record LrpWSquare(
    boolean bias, double epsilon, PoolingShares pooling, PaddingShare padding, Start start)
    implements RelevanceExplainer {

  public LrpWSquare {
    RelevanceExplainer.checkEpsilon(epsilon);
  }

  public LrpWSquare() {
    this(false, 1e-6, PoolingShares.PROPORTIONAL, PaddingShare.NONE, Start.LOGIT);
  }

  @Override
  public String id() {
    return "lrp-w-square";
  }

  @Override
  public String summary() {
    return "Relevance in proportion to squared weights (Montavon et al. 2017)";
  }

  @Override
  public PropagationRule rule() {
    return WeightRule.square(bias, epsilon).with(padding);
  }

  @Override
  public Composite composite(Subject subject) {
    return pooling.in(Relevance.composite(rule()));
  }
}
