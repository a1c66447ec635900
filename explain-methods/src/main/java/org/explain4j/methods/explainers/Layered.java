package org.explain4j.methods.explainers;

import java.util.List;
import java.util.Optional;
import org.explain4j.api.Attributor;
import org.explain4j.api.Start;
import org.explain4j.api.network.Convolution;
import org.explain4j.api.network.Network;
import org.explain4j.api.network.Node;
import org.explain4j.api.propagation.Composite;
import org.explain4j.api.propagation.PropagationRule;
import org.explain4j.methods.rules.Relevance;

/**
 * Relevance propagation with rules by kind of linear layer and depth.
 *
 * @param first the rule of the layers that see the input; empty for none of its own
 */
record Layered(
    Optional<PropagationRule> first, PropagationRule convolution, PropagationRule dense) {

  Layered(PropagationRule first, PropagationRule convolution, PropagationRule dense) {
    this(Optional.of(first), convolution, dense);
  }

  static Layered of(PropagationRule convolution, PropagationRule dense) {
    return new Layered(Optional.empty(), convolution, dense);
  }

  Attributor bind(Network network, Start start) {
    List<Node> convolutions =
        network.linearNodes().stream().filter(n -> n.layer() instanceof Convolution).toList();
    Composite composite = Relevance.composite(dense).with(convolutions, convolution);
    if (first.isPresent()) {
      composite = composite.with(network.firstLinearNodes(), first.get());
    }
    return new Backpropagation(network, composite, start);
  }
}
