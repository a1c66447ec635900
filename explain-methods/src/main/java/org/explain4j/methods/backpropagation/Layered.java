package org.explain4j.methods.backpropagation;

import java.util.List;
import java.util.Optional;
import org.explain4j.methods.rules.AlphaBetaRule;
import org.explain4j.methods.rules.Bias;
import org.explain4j.methods.rules.EpsilonRule;
import org.explain4j.methods.rules.Relevance;
import org.explain4j.methods.rules.WeightRule;
import org.explain4j.network.Convolution;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.propagation.Composite;
import org.explain4j.network.propagation.PropagationRule;

/**
 * Relevance propagation with rules by kind of linear layer and depth.
 *
 * @param first the rule of the layers that see the input; empty if they have no rule of their own
 */
record Layered(
    Optional<PropagationRule> first, PropagationRule convolution, PropagationRule dense) {
  private static final double STABILISER = 1e-6;

  Layered(PropagationRule first, PropagationRule convolution, PropagationRule dense) {
    this(Optional.of(first), convolution, dense);
  }

  static Layered of(PropagationRule convolution, PropagationRule dense) {
    return new Layered(Optional.empty(), convolution, dense);
  }

  /** Kohlbrenner et al.'s, arXiv 1910.09840: flat, alpha and beta, epsilon. */
  static Layered flat(double alpha, double beta, double epsilon) {
    return new Layered(
        WeightRule.flat(STABILISER),
        new AlphaBetaRule(alpha, beta, Bias.SPLIT, STABILISER),
        new EpsilonRule(epsilon, true));
  }

  Composite composite(Network network) {
    List<Node> convolutions =
        network.linearNodes().stream().filter(n -> n.layer() instanceof Convolution).toList();
    Composite composite = Relevance.composite(dense).with(convolutions, convolution);
    return first.map(rule -> composite.with(network.firstLinearNodes(), rule)).orElse(composite);
  }
}
