package org.explain4j.methods.rules;

import java.util.List;
import java.util.Locale;
import org.explain4j.api.KebabCase;
import org.explain4j.network.Arithmetic;
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
    V evidence = signed(site, true).shares(site, site.message(), epsilon, alpha);
    if (beta == 0) {
      return List.of(evidence);
    }
    V counter = signed(site, false).shares(site, site.message(), epsilon, -beta);
    return List.of(site.sum(evidence, counter));
  }

  private SignedLayer signed(Arithmetic<?> site, boolean positive) {
    return new SignedLayer(part(site, positive), () -> part(site, !positive).unbiased());
  }

  /** The positive or the negative weights, with their bias. */
  private LinearLayer part(Arithmetic<?> site, boolean positive) {
    return site.changed(
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
