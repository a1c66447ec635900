package org.explain4j.methods.backpropagation;

import java.util.List;
import org.explain4j.api.Explainer;
import org.explain4j.api.Start;
import org.explain4j.api.Subject;
import org.explain4j.methods.rules.BoxRule;
import org.explain4j.methods.rules.Relevance;
import org.explain4j.network.propagation.Composite;

/**
 * The z^B rule in the first layer (Montavon et al. 2017, doi:10.1016/j.patcog.2016.11.008, Eq. 17),
 * for pixels in a box [l,h]: {@code R_i = sum_j (x_i w_ij - l_i w_ij+ - h_i w_ij-) R_j} over its
 * sum. The bias cancels; the padding lies outside the box.
 *
 * @param low per channel or one for all, in units of the network's input, after preprocessing
 * @param high likewise
 * @param epsilon with the sign of the denominator, added to it
 * @param above the rule of all other layers, a relevance method
 */
public record LrpZBox(
    List<Double> low, List<Double> high, double epsilon, Explainer above, Start start)
    implements RuleTable {

  public LrpZBox {
    low = List.copyOf(low);
    high = List.copyOf(high);
    RelevanceExplainer.checkEpsilon(epsilon);
    RelevanceExplainer.ruleOf("above", above);
  }

  public LrpZBox() {
    this(List.of(0.0), List.of(1.0), 1e-6, new LrpEpsilon(), Start.LOGIT);
  }

  @Override
  public String id() {
    return "lrp-z-box";
  }

  @Override
  public String summary() {
    return "Relevance with pixels bounded below and above (Montavon et al. 2017)";
  }

  @Override
  public Composite composite(Subject subject) {
    return Relevance.composite(RelevanceExplainer.ruleOf("above", above))
        .with(subject.network().firstLinearNodes(), new BoxRule(low, high, epsilon));
  }
}
