package org.explain4j.methods.rules;

import java.util.List;
import org.explain4j.network.Layer;
import org.explain4j.network.Normalisation;
import org.explain4j.network.arrays.Elements;
import org.explain4j.network.propagation.Applicability;
import org.explain4j.network.propagation.PropagationRule;
import org.explain4j.network.propagation.Site;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A normalisation {@code y = c s} with c the centred input, whose factor s counts as a constant:
 * {@code R_i = sum_j x_i (delta_ij - 1/N) s R_j / (y_j + sign(y_j) epsilon)}, the LN-rule of Ali et
 * al. 2022 (arXiv 2202.07304, Eq. 10). LRP-0 then still is gradient x input, with s a constant.
 */
record NormalisationRule(double epsilon) implements PropagationRule {

  @Override
  public List<INDArray> propagate(Site site, INDArray message) {
    Normalisation layer = (Normalisation) site.layer();
    try (INDArray quotient =
        Elements.quotient(message, site.output(), epsilon, 1, message.ulike())) {
      INDArray shares = layer.detached(site.input(), quotient);
      return List.of(Elements.product(shares, site.input(), shares));
    }
  }

  /** PatternNet: the message over s, as at a layer that scales. */
  static PropagationRule signal() {
    return PropagationRule.named("1 / scale", new Signal());
  }

  private record Signal() implements PropagationRule {
    @Override
    public List<INDArray> propagate(Site site, INDArray message) {
      INDArray factors = ((Normalisation) site.layer()).factors(site.input());
      return List.of(Elements.quotient(message, factors, 0, 1, factors));
    }

    @Override
    public Applicability at(Layer layer) {
      return Applicability.defined(
          "a normalisation's statistics count as constant scale and shift");
    }
  }

  @Override
  public Applicability at(Layer layer) {
    return Applicability.defined(
        "a normalisation's deviation counts as a constant (LN-rule, Ali et al. 2022)");
  }

  @Override
  public String toString() {
    return "LN-rule, epsilon " + epsilon;
  }
}
