package org.explain4j.methods.rules;

import java.util.Map;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.propagation.GateRule;
import org.explain4j.network.propagation.PropagationRule;
import org.explain4j.network.propagation.RectifierGate;
import org.explain4j.network.propagation.ReplacedWeights;

/**
 * Rules that modify the gradient: other weights in linear layers, other gates at the rectifiers.
 */
public final class Gradients {
  private Gradients() {}

  /** DeconvNet at a rectifier: {@code relu(g)}, whatever the forward pass did (Zeiler et al.). */
  public static PropagationRule rectified() {
    return new GateRule(RectifierGate.POSITIVE);
  }

  /**
   * Guided Backprop at a rectifier: the forward gate, then {@code relu(g)} (Springenberg et al.).
   */
  public static PropagationRule guided() {
    return new GateRule(RectifierGate.BOTH);
  }

  /**
   * PatternNet at an affine layer {@code y = sx + t}: its pattern is {@code 1 / s} whatever the
   * data, because the only input is all signal; 0 where s is 0. Folding the layer changes nothing.
   */
  public static PropagationRule unscaled() {
    return new Unscaled();
  }

  /** The gradient of PatternNet's layers, with a in place of w; by node. */
  public static PropagationRule replaced(Map<String, LinearLayer> layers) {
    return new ReplacedWeights(layers, "gradient with the pattern's weights");
  }
}
