package org.explain4j.network.propagation;

import java.util.List;
import java.util.function.Function;
import org.explain4j.network.Layer;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How one layer passes gradient, signal or relevance down. */
@FunctionalInterface
public interface PropagationRule {

  /**
   * Passes a message from the layer's output to its inputs.
   *
   * @param message what arrived at the layer's output, of its shape; must not be changed
   * @return one message per input, of that input's shape; may be {@code message} itself or a view
   */
  List<INDArray> propagate(Site site, INDArray message);

  /** Whether the rule at such a layer is inside the theory of the methods that it serves. */
  default Applicability at(Layer layer) {
    return Applicability.EXACT;
  }

  /** The rule at a node; another one where it depends on the layers around. */
  default PropagationRule in(Network network, Node node) {
    return this;
  }

  /** The layer's vector-Jacobian product. */
  static CompilableRule gradient() {
    return new GradientRule();
  }

  /** Passes the message on unchanged, for layers that keep the shape. */
  static CompilableRule pass() {
    return new Pass();
  }

  /** A rule with a statement of what it is at a layer, for methods whose papers do not state it. */
  static CompilableRule convention(CompilableRule rule, Function<Layer, Applicability> statement) {
    return new Convention(rule, statement);
  }

  /** A rule that says in a few words what it does, for tables of rules. */
  static PropagationRule named(String name, PropagationRule rule) {
    return new Named(name, rule);
  }

  /** A rule with a name, which is its text. */
  record Named(String name, PropagationRule rule) implements PropagationRule {
    @Override
    public Applicability at(Layer layer) {
      return rule.at(layer);
    }

    @Override
    public PropagationRule in(Network network, Node node) {
      return new Named(name, rule.in(network, node));
    }

    @Override
    public List<INDArray> propagate(Site site, INDArray message) {
      return rule.propagate(site, message);
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
