package org.explain4j.network.propagation;

import java.util.List;
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

  /** The layer's vector-Jacobian product. */
  static PropagationRule gradient() {
    return new GradientRule();
  }

  /** Passes the message on unchanged, for layers that keep the shape. */
  static PropagationRule pass() {
    return new Pass();
  }

  /** A rule that says in a few words what it does, for tables of rules. */
  static PropagationRule named(String name, PropagationRule rule) {
    return new Named(name, rule);
  }

  /** A rule with a name, which is its text. */
  record Named(String name, PropagationRule rule) implements PropagationRule {
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
