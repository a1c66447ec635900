package org.explain4j.methods.backpropagation;

import org.explain4j.api.Explainer;
import org.explain4j.api.Start;
import org.explain4j.api.Subject;
import org.explain4j.network.propagation.Composite;

/**
 * LRP with one rule in the first layer, one in the other convolutions and one in the dense layers
 * (Montavon et al. 2019, doi:10.1007/978-3-030-28954-6_10; Kohlbrenner et al. 2020, arXiv
 * 1910.09840). The usual mixtures have ids of their own: {@code lrp-epsilon-plus} and so on. Of
 * each method in the mixture only the rule for linear layers is used, not its start or pooling.
 *
 * @param first a relevance method, such as {@code lrp-flat}
 * @param convolution likewise
 * @param dense likewise
 */
public record LrpComposite(Explainer first, Explainer convolution, Explainer dense, Start start)
    implements RuleTable {

  public LrpComposite {
    RelevanceExplainer.ruleOf("first", first);
    RelevanceExplainer.ruleOf("convolution", convolution);
    RelevanceExplainer.ruleOf("dense", dense);
  }

  public LrpComposite() {
    this(new LrpWSquare(), new LrpGamma(), new LrpEpsilon(), Start.LOGIT);
  }

  @Override
  public String id() {
    return "lrp-composite";
  }

  @Override
  public String summary() {
    return "Relevance with separate rules for the first, convolutional and dense layers";
  }

  @Override
  public Composite composite(Subject subject) {
    return new Layered(
            RelevanceExplainer.ruleOf("first", first),
            RelevanceExplainer.ruleOf("convolution", convolution),
            RelevanceExplainer.ruleOf("dense", dense))
        .composite(subject.network());
  }
}
