package org.explain4j.methods.backpropagation;

import org.explain4j.api.Start;
import org.explain4j.api.Subject;
import org.explain4j.methods.rules.AlphaBetaRule;
import org.explain4j.methods.rules.Bias;
import org.explain4j.methods.rules.EpsilonRule;
import org.explain4j.network.propagation.Composite;

/**
 * zennit's EpsilonPlus (Kohlbrenner et al. 2020, arXiv 1910.09840): z+ with b+ in its denominator
 * in convolutions, epsilon in dense layers. iNNvestigate's preset A has epsilon 0.1.
 *
 * @param epsilon of the dense layers; above 0
 */
public record LrpEpsilonPlus(double epsilon, Start start) implements RuleTable {

  public LrpEpsilonPlus {
    RelevanceExplainer.checkEpsilon(epsilon);
  }

  public LrpEpsilonPlus() {
    this(1e-6, Start.LOGIT);
  }

  @Override
  public String id() {
    return "lrp-epsilon-plus";
  }

  @Override
  public String summary() {
    return "LRP: z+ in convolutions, epsilon in dense layers (Kohlbrenner et al. 2020)";
  }

  @Override
  public Composite composite(Subject subject) {
    return Layered.of(new AlphaBetaRule(1, 0, Bias.SPLIT, 1e-6), new EpsilonRule(epsilon, true))
        .composite(subject.network());
  }
}
