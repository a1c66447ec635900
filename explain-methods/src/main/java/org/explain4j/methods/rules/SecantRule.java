package org.explain4j.methods.rules;

import java.util.List;
import org.explain4j.network.Layer;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.NormPool;
import org.explain4j.network.Normalisation;
import org.explain4j.network.Product;
import org.explain4j.network.propagation.Applicability;
import org.explain4j.network.propagation.PropagationRule;
import org.explain4j.network.propagation.Site;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Slopes from a reference where a layer is no function of one number: products, normalisations and
 * norms over windows; the gradient at means. The multipliers add up there, too.
 */
record SecantRule() implements PropagationRule {

  @Override
  public Applicability at(Layer layer) {
    if (layer instanceof Product) {
      return Applicability.defined("products average both orders, as in SHAP's DeepExplainer");
    }
    if (layer instanceof Normalisation || layer instanceof NormPool) {
      return Applicability.defined(
          "normalisations and norms multiply the rescaled slopes of their elementary operations");
    }
    return Applicability.EXACT;
  }

  @Override
  public PropagationRule in(Network network, Node node) {
    return at(node.layer()).isExact() ? PropagationRule.gradient() : this;
  }

  @Override
  public List<INDArray> propagate(Site site, INDArray message) {
    Site from = site.reference();
    if (site.layer() instanceof Product product) {
      return product.secant(site.inputs(), from.inputs(), message);
    }
    if (site.layer() instanceof Normalisation normalisation) {
      return List.of(normalisation.secant(site.input(), from.input(), message));
    }
    return List.of(
        ((NormPool) site.layer())
            .secant(
                List.of(site.input(), site.output()),
                List.of(from.input(), from.output()),
                message));
  }

  @Override
  public String toString() {
    return "secant";
  }
}
