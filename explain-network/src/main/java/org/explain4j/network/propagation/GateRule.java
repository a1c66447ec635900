package org.explain4j.network.propagation;

import java.util.List;
import org.explain4j.network.Arithmetic;

/** The rule of a rectifier: the gradient's, DeconvNet's or Guided Backprop's. */
public record GateRule(RectifierGate gate) implements CompilableRule {

  @Override
  public <V> List<V> messages(Arithmetic<V> site) {
    return switch (gate) {
      case FORWARD -> site.gradient(site.message());
      case POSITIVE -> List.of(site.positive(site.message()));
      case BOTH -> List.of(site.positive(site.gradient(site.message()).get(0)));
    };
  }

  @Override
  public boolean keepsZeros() {
    return true;
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
