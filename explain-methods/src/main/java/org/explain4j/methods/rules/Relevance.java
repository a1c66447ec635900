package org.explain4j.methods.rules;

import org.explain4j.network.Activation;
import org.explain4j.network.ActivationFunction;
import org.explain4j.network.Layer;
import org.explain4j.network.LayerKind;
import org.explain4j.network.MaxPool;
import org.explain4j.network.propagation.Applicability;
import org.explain4j.network.propagation.Composite;
import org.explain4j.network.propagation.PropagationRule;

/**
 * Layer-wise relevance propagation (Bach et al. 2015, doi:10.1371/journal.pone.0130140): each layer
 * passes its relevance R down in proportion to what its inputs contributed to its output z.
 */
public final class Relevance {
  private Relevance() {}

  /**
   * What LRP does at all layers but the linear ones: rectifiers pass, max-pooling passes everything
   * to the winner, average pooling and addition share in proportion to contribution, concatenation
   * splits. An affine layer's only input takes everything, or with the epsilon rule everything
   * except the shift's share, so LRP-0 still equals gradient x input, whether or not batch
   * normalisation is folded. Activations of any form pass (zennit); a product's signal takes all; a
   * normalisation's only input takes everything (Achtibat et al. 2024, arXiv 2402.05602), or with
   * the epsilon rule the LN-rule applies.
   */
  public static Composite composite(PropagationRule linear) {
    return Composite.gradient()
        .with(LayerKind.LINEAR, linear)
        .with(LayerKind.AFFINE, linear instanceof EpsilonRule ? linear : PropagationRule.pass())
        .with(
            LayerKind.ACTIVATION,
            PropagationRule.convention(PropagationRule.pass(), Relevance::passing))
        .with(LayerKind.AVERAGE_POOL, proportional())
        .with(LayerKind.ADD, proportional())
        .with(LayerKind.PRODUCT, product())
        .with(
            LayerKind.NORMALISATION,
            linear instanceof EpsilonRule rule
                ? new NormalisationRule(rule.epsilon())
                : statistics());
  }

  /** Bach et al. name the rectifier and tanh. */
  private static Applicability passing(Layer layer) {
    ActivationFunction function = ((Activation) layer).function();
    return function == ActivationFunction.RELU || function == ActivationFunction.TANH
        ? Applicability.EXACT
        : Applicability.defined(
            "relevance passes activations other than ReLU and tanh unchanged, as in zennit");
  }

  /** The relevance of a normalisation whose statistics count as constants. */
  public static PropagationRule statistics() {
    return PropagationRule.convention(
        PropagationRule.pass(),
        layer ->
            Applicability.defined(
                "relevance passes normalisations unchanged (Achtibat et al. 2024)"));
  }

  /** The relevance of a product: the signal takes all, its gate nothing. */
  public static PropagationRule product() {
    return new ProductRule(ProductRule.Share.RELEVANCE);
  }

  /** LRP-0 for layers without weights: each input's share of the output. */
  public static PropagationRule proportional() {
    return new Proportional();
  }

  /** Equal shares for the pixels of a window, also where the layer sums them or takes a norm. */
  public static PropagationRule equal() {
    return new EqualShares();
  }

  /**
   * Max-pooling as if it took the mean: equal shares over the window's pixels inside the image,
   * whichever of them was largest.
   */
  public static PropagationRule wholeWindow() {
    return PropagationRule.named(
        "equal shares",
        (site, message) -> {
          MaxPool pool = (MaxPool) site.layer();
          return EqualShares.mean(pool.window(), pool.ceil(), site, message);
        });
  }
}
