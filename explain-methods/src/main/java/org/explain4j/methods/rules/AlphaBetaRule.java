package org.explain4j.methods.rules;

import java.util.List;
import java.util.Locale;
import org.explain4j.api.KebabCase;
import org.explain4j.network.Arithmetic;
import org.explain4j.network.LayerChanges;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.propagation.CompilableRule;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Positive and negative contributions separately (Bach et al. 2015, Eq. 60): {@code R_i = sum_j
 * (alpha (x_i w_ij)+ / z_j+ - beta (x_i w_ij)- / z_j-) R_j}, where {@code z+ = x+w+ + x-w-} and
 * {@code z- = x+w- + x-w+}. Alpha 1, beta 0 is z+ (Montavon et al. 2017).
 *
 * @param epsilon added to the denominators by their sign; with 0, a neuron without such
 *     contributions passes nothing down
 */
public record AlphaBetaRule(double alpha, double beta, Bias bias, double epsilon)
    implements CompilableRule {

  @Override
  public <V> List<V> messages(Arithmetic<V> site) {
    if (beta == 0) {
      SignedLayer evidence = new SignedLayer(part(site, true), () -> part(site, false).unbiased());
      return List.of(evidence.shares(site, site.message(), epsilon, alpha));
    }
    List<LinearLayer> parts = parts(site);
    V x = site.input();
    if (!site.hasNegativeInput()) {
      List<V> z = site.forward(parts, x);
      return List.of(site.product(site.transpose(parts, quotients(site, z.get(0), z.get(1))), x));
    }
    List<LinearLayer> unbiased = parts.stream().map(LinearLayer::unbiased).toList();
    V above = site.positive(x);
    V below = site.negative(x);
    List<V> ofAbove = site.forward(parts, above);
    List<V> ofBelow = site.forward(unbiased, below);
    List<V> q =
        quotients(
            site,
            site.sum(ofAbove.get(0), ofBelow.get(1)),
            site.sum(ofAbove.get(1), ofBelow.get(0)));
    List<V> crossed = List.of(q.get(1), q.get(0));
    return List.of(
        site.sum(
            site.product(site.transpose(parts, q), above),
            site.product(site.transpose(parts, crossed), below)));
  }

  /** The message's shares per unit of positive and of negative contributions. */
  private <V> List<V> quotients(Arithmetic<V> site, V evidence, V counter) {
    return List.of(
        site.quotient(site.message(), evidence, epsilon, alpha),
        site.quotient(site.message(), counter, epsilon, -beta));
  }

  /** The sum over both signs is the layer's own output, of an input that has one sign. */
  @Override
  public List<LinearLayer> summands(LayerChanges layers, boolean hasNegativeInput) {
    return beta == 0 || bias != Bias.SPLIT || hasNegativeInput ? List.of() : parts(layers);
  }

  private List<LinearLayer> parts(LayerChanges layers) {
    return List.of(part(layers, true), part(layers, false));
  }

  /** The positive or the negative weights, with their bias. */
  private LinearLayer part(LayerChanges layers, boolean positive) {
    return layers.changed(
        "positive: " + positive,
        layer -> layer.with(Signs.part(layer.weights(), positive), bias(layer, positive)));
  }

  private INDArray bias(LinearLayer layer, boolean positive) {
    return switch (bias) {
      case IGNORED -> layer.bias().like();
      case SPLIT -> Signs.part(layer.bias(), positive);
      case WHOLE -> layer.bias();
    };
  }

  @Override
  public boolean isProportional() {
    return true;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "alpha %s beta %s, bias %s", alpha, beta, KebabCase.of(bias));
  }
}
