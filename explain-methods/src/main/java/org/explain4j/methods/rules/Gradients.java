package org.explain4j.methods.rules;

import java.util.Map;
import org.explain4j.network.Activation;
import org.explain4j.network.LayerKind;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.NormPool;
import org.explain4j.network.propagation.Applicability;
import org.explain4j.network.propagation.Composite;
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
   * The layers of PatternNet and PatternAttribution but the linear ones. Activations gate by their
   * derivative, as the rectifier's gate does; the rest is the gradient, unless it scales.
   *
   * @param linear the rule of the layers with patterns
   */
  public static Composite signal(PropagationRule linear) {
    return patterned(linear)
        .with(LayerKind.AFFINE, unscaled())
        .with(LayerKind.PRODUCT, new ProductRule(ProductRule.Share.SIGNAL))
        .with(LayerKind.NORMALISATION, NormalisationRule.signal());
  }

  /** The same where {@code w * a} replaces w: a layer that only scales passes, for w a = s / s. */
  public static Composite attribution(PropagationRule linear) {
    return patterned(linear)
        .with(LayerKind.AFFINE, PropagationRule.pass())
        .with(LayerKind.PRODUCT, Relevance.product())
        .with(LayerKind.NORMALISATION, Relevance.statistics());
  }

  private static Composite patterned(PropagationRule linear) {
    return Composite.gradient()
        .with(LayerKind.LINEAR, linear)
        .with(LayerKind.ACTIVATION, beyond("activations other than ReLU gate by their derivative"))
        .with(LayerKind.AVERAGE_POOL, beyond("norms over a window pass the gradient"));
  }

  /** The gradient, which the paper has for rectifiers and pooling only. */
  private static PropagationRule beyond(String convention) {
    return PropagationRule.convention(
        PropagationRule.gradient(),
        layer ->
            layer instanceof NormPool || (layer instanceof Activation && !Activation.isRelu(layer))
                ? Applicability.defined(convention)
                : Applicability.EXACT);
  }

  /**
   * PatternNet at an affine layer {@code y = sx + t}: its pattern is {@code 1 / s} whatever the
   * data, because the only input is all signal; 0 where s is 0. Folding the layer changes nothing.
   */
  static PropagationRule unscaled() {
    return new Unscaled();
  }

  /** The gradient of PatternNet's layers, with a in place of w; by node. */
  public static PropagationRule replaced(Map<String, LinearLayer> layers) {
    return new ReplacedWeights(layers, "gradient with the pattern's weights");
  }
}
