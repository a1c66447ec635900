package org.explain4j.methods.backpropagation;

import org.explain4j.api.Start;
import org.explain4j.api.Subject;
import org.explain4j.methods.rules.PaddingShare;
import org.explain4j.methods.rules.Relevance;
import org.explain4j.methods.rules.WeightRule;
import org.explain4j.network.propagation.Composite;
import org.explain4j.network.propagation.PropagationRule;

/**
 * The flat rule at all layers (Bach et al. 2016, doi:10.1109/CVPR.2016.318): {@code R_i = sum_j R_j
 * / (n_j + epsilon)}, equal shares over the n_j inputs of a neuron that lie inside the image.
 *
 * <p>Other tools differ at max-pooling, mostly where there are ties, as often at 0 after a ReLU:
 * here the first maximum takes all unless set otherwise, iNNvestigate on Theano gives to every
 * maximum. The LRP toolbox shares among the whole window and loses what falls on padding: {@code
 * epsilon: 0, pooling: whole-window, padding: lost}.
 *
 * @param epsilon added to the number of inputs
 * @param padding whether zero padding takes a share
 */
public record LrpFlat(double epsilon, PoolingShares pooling, PaddingShare padding, Start start)
    implements RelevanceExplainer {

  public LrpFlat {
    RelevanceExplainer.checkEpsilon(epsilon);
  }

  public LrpFlat() {
    this(1e-6, PoolingShares.PROPORTIONAL, PaddingShare.NONE, Start.LOGIT);
  }

  @Override
  public String id() {
    return "lrp-flat";
  }

  @Override
  public String summary() {
    return "Relevance in equal shares (Bach et al. 2016)";
  }

  @Override
  public PropagationRule rule() {
    return WeightRule.flat(epsilon).with(padding);
  }

  @Override
  public Composite composite(Subject subject) {
    return pooling.in(Relevance.composite(rule()));
  }
}
