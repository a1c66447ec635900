package org.explain4j.methods.backpropagation;

import org.explain4j.api.Start;
import org.explain4j.api.Subject;
import org.explain4j.network.propagation.Composite;

/**
 * zennit's EpsilonAlpha2Beta1Flat (Kohlbrenner et al. 2020, arXiv 1910.09840): flat in the first
 * layer, alpha 2 beta 1 in the other convolutions, epsilon in dense layers. iNNvestigate's preset B
 * flat has epsilon 0.1.
 *
 * @param epsilon of the dense layers; above 0
 */
public record LrpEpsilonAlpha2Beta1Flat(double epsilon, Start start) implements RuleTable {

  public LrpEpsilonAlpha2Beta1Flat {
    RelevanceExplainer.checkEpsilon(epsilon);
  }

  public LrpEpsilonAlpha2Beta1Flat() {
    this(1e-6, Start.LOGIT);
  }

  @Override
  public String id() {
    return "lrp-epsilon-alpha2-beta1-flat";
  }

  @Override
  public String summary() {
    return "LRP: flat, then alpha 2 beta 1 in convolutions, epsilon in dense layers";
  }

  @Override
  public Composite composite(Subject subject) {
    return Layered.flat(2, 1, epsilon).composite(subject.network());
  }
}
