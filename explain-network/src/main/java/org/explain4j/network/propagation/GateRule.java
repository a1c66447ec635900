package org.explain4j.network.propagation;

import java.util.List;
import org.explain4j.network.RectifierGate;
import org.explain4j.network.arrays.Elements;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The rule of a rectifier: the gradient's, DeconvNet's or Guided Backprop's. */
public record GateRule(RectifierGate gate) implements PropagationRule {

  @Override
  public List<INDArray> propagate(Site site, INDArray message) {
    return switch (gate) {
      case FORWARD -> site.layer().backward(site.inputs(), site.output(), message);
      case POSITIVE -> List.of(Elements.positive(message));
      case BOTH -> List.of(Elements.positive(message, site.output()));
    };
  }

  @Override
  public String toString() {
    return switch (gate) {
      case FORWARD -> "gradient";
      case POSITIVE -> "relu(g)";
      case BOTH -> "gradient, then relu(g)";
    };
  }
}
