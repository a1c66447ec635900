package org.explain4j.methods.backpropagation;

import java.util.List;
import org.explain4j.api.Start;
import org.explain4j.api.Subject;
import org.explain4j.methods.rules.Bias;
import org.explain4j.methods.rules.BoxRule;
import org.explain4j.methods.rules.EpsilonRule;
import org.explain4j.methods.rules.GammaRule;
import org.explain4j.network.propagation.Composite;

/**
 * zennit's EpsilonGammaBox (Montavon et al. 2019, doi:10.1007/978-3-030-28954-6_10): z^B in the
 * first layer, gamma in the other convolutions, epsilon in dense layers.
 *
 * @param low smallest input after preprocessing, per channel or one for all
 * @param high largest, likewise
 * @param epsilon of the dense layers; above 0
 * @param gamma of the convolutions but the first
 */
public record LrpEpsilonGammaBox(
    List<Double> low, List<Double> high, double gamma, double epsilon, Start start)
    implements RuleTable {

  public LrpEpsilonGammaBox {
    RelevanceExplainer.checkEpsilon(epsilon);
    low = List.copyOf(low);
    high = List.copyOf(high);
  }

  public LrpEpsilonGammaBox() {
    this(List.of(0.0), List.of(1.0), 0.25, 1e-6, Start.LOGIT);
  }

  @Override
  public String id() {
    return "lrp-epsilon-gamma-box";
  }

  @Override
  public String summary() {
    return "LRP: bounded pixels, then gamma in convolutions, epsilon in dense layers";
  }

  @Override
  public Composite composite(Subject subject) {
    return new Layered(
            new BoxRule(low, high, 1e-6),
            new GammaRule(gamma, Bias.SPLIT, 1e-6),
            new EpsilonRule(epsilon, true))
        .composite(subject.network());
  }
}
