package org.explain4j.methods.backpropagation;

import org.explain4j.api.Start;
import org.explain4j.api.Subject;
import org.explain4j.network.propagation.Composite;

/**
 * zennit's EpsilonPlusFlat (Kohlbrenner et al. 2020, arXiv 1910.09840): flat in the first layer, z+
 * with b+ in its denominator in the other convolutions, epsilon in dense layers. iNNvestigate's
 * preset A flat has epsilon 0.1.
 *
 * @param epsilon of the dense layers; above 0
 */
public record LrpEpsilonPlusFlat(double epsilon, Start start) implements RuleTable {

  public LrpEpsilonPlusFlat {
    RelevanceExplainer.checkEpsilon(epsilon);
  }

  public LrpEpsilonPlusFlat() {
    this(1e-6, Start.LOGIT);
  }

  @Override
  public String id() {
    return "lrp-epsilon-plus-flat";
  }

  @Override
  public String summary() {
    return "LRP: flat, then z+ in convolutions, epsilon in dense layers (Kohlbrenner et al. 2020)";
  }

  @Override
  public Composite composite(Subject subject) {
    return Layered.flat(1, 0, epsilon).composite(subject.network());
  }
}
