package org.explain4j.methods.rules;

import java.util.List;
import java.util.Map;
import org.explain4j.api.network.LinearLayer;
import org.explain4j.api.propagation.PropagationRule;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Rules that change the gradient: other weights on the way down, other gates at the rectifiers. */
public final class Gradients {
  private Gradients() {}

  /** DeconvNet at a rectifier: {@code relu(g)}, whatever the forward pass did (Zeiler et al.). */
  public static PropagationRule rectified() {
    return (site, message) -> List.of(Transforms.relu(message, true));
  }

  /**
   * Guided Backprop at a rectifier: the forward gate, then {@code relu(g)} (Springenberg et al.).
   */
  public static PropagationRule guided() {
    return (site, message) -> {
      try (INDArray gated = site.layer().backward(site.inputs(), site.output(), message).get(0)) {
        return List.of(Transforms.relu(gated, true));
      }
    };
  }

  /**
   * The gradient of other linear layers, by node: PatternNet's a and PatternAttribution's {@code w
   * * a} in the place of w.
   */
  public static PropagationRule replaced(Map<String, LinearLayer> layers) {
    return (site, message) ->
        List.of(layers.get(site.node().name()).transpose(message, site.input().shape()));
  }
}
