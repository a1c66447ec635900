package org.explain4j.network.propagation;

import java.util.List;
import org.explain4j.network.Activation;
import org.explain4j.network.Arithmetic;
import org.explain4j.network.Layer;

/**
 * The rule of a rectifier: the gradient's, DeconvNet's or Guided Backprop's. At other activations
 * the two latter take the positive part of the gradient.
 */
public record GateRule(RectifierGate gate) implements CompilableRule {

  @Override
  public <V> List<V> messages(Arithmetic<V> site) {
    return switch (gate) {
      case FORWARD -> site.gradient(site.message());
      case POSITIVE ->
          List.of(
              site.positive(
                  isRelu(site.layer()) ? site.message() : site.gradient(site.message()).get(0)));
      case BOTH -> List.of(site.positive(site.gradient(site.message()).get(0)));
    };
  }

  private static boolean isRelu(Layer layer) {
    return Activation.isRelu(layer);
  }

  @Override
  public Applicability at(Layer layer) {
    return gate == RectifierGate.FORWARD || isRelu(layer)
        ? Applicability.EXACT
        : Applicability.defined(
            "at activations other than ReLU the positive part of the gradient passes");
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
