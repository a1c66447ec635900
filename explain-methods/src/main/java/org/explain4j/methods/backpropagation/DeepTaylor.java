package org.explain4j.methods.backpropagation;

import static org.explain4j.methods.backpropagation.InputDomain.REAL;
import static org.explain4j.methods.backpropagation.PoolingShares.PROPORTIONAL;

import java.util.List;
import org.explain4j.api.Start;
import org.explain4j.api.Subject;
import org.explain4j.methods.rules.AlphaBetaRule;
import org.explain4j.methods.rules.Bias;
import org.explain4j.methods.rules.Relevance;
import org.explain4j.network.Node;
import org.explain4j.network.propagation.Composite;
import org.explain4j.network.propagation.PropagationRule;

/**
 * Deep Taylor decomposition (Montavon et al. 2017, doi:10.1016/j.patcog.2016.11.008): z+ in all
 * layers but the first, whose rule has its root points in the inputs' domain: w^2, z+ or z^B.
 *
 * @param domain iNNvestigate's deep_taylor is POSITIVE, its deep_taylor.bounded BOX
 * @param low smallest input after preprocessing, per channel or one for all; for BOX
 * @param high largest, likewise
 * @param bias of the z+ rule: never positive in the paper, and ignored; WHOLE in iNNvestigate
 */
public record DeepTaylor(
    InputDomain domain,
    List<Double> low,
    List<Double> high,
    Bias bias,
    PoolingShares pooling,
    Start start)
    implements RuleTable {
  static final double EPSILON = 1e-6;

  public DeepTaylor {
    low = List.copyOf(low);
    high = List.copyOf(high);
  }

  public DeepTaylor() {
    this(REAL, List.of(0.0), List.of(1.0), Bias.IGNORED, PROPORTIONAL, Start.LOGIT);
  }

  @Override
  public String id() {
    return "deep-taylor";
  }

  @Override
  public String summary() {
    return "Deep Taylor decomposition (Montavon et al. 2017)";
  }

  @Override
  public Composite composite(Subject subject) {
    PropagationRule above = new AlphaBetaRule(1, 0, bias, EPSILON);
    List<Node> first = subject.network().firstLinearNodes();
    return pooling.in(Relevance.composite(above).with(first, domain.first(above, low, high)));
  }
}
