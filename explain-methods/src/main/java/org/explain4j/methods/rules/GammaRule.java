package org.explain4j.methods.rules;

import java.util.List;
import org.explain4j.api.KebabCase;
import org.explain4j.network.Arithmetic;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.propagation.CompilableRule;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Contributions of the output's sign count (1 + gamma) times (Montavon et al. 2019,
 * doi:10.1007/978-3-030-28954-6_10, in the form for inputs of both signs of Andeol et al. 2021):
 * where z &gt; 0, {@code R_i = sum_j (x_i+ (w + gamma w+) + x_i- (w + gamma w-)) R_j} over its sum;
 * where z &lt; 0, with w- and w+ exchanged.
 *
 * @param bias {@link Bias#SPLIT} adds b + gamma b+ to the denominator (zennit), {@link Bias#WHOLE}
 *     b (Captum)
 */
public record GammaRule(double gamma, Bias bias, double epsilon) implements CompilableRule {

  @Override
  public <V> List<V> messages(Arithmetic<V> site) {
    V shares = shares(site, true, site.where(true, site.message()));
    V rest = site.where(false, site.message());
    // After a rectifier nothing arrives here, which saves two convolutions.
    return List.of(site.mayBeNonZero(rest) ? site.sum(shares, shares(site, false, rest)) : shares);
  }

  private <V> V shares(Arithmetic<V> site, boolean positive, V message) {
    return new SignedLayer(favour(site, positive), () -> favour(site, !positive).unbiased())
        .shares(site, message, epsilon, 1);
  }

  private LinearLayer favour(Arithmetic<?> site, boolean positive) {
    return site.changed(
        "favours positive: " + positive,
        layer -> layer.with(favour(layer.weights(), positive), bias(layer, positive)));
  }

  private INDArray favour(INDArray weights, boolean positive) {
    return Signs.part(weights, positive).muli(gamma).addi(weights);
  }

  private INDArray bias(LinearLayer layer, boolean positive) {
    return switch (bias) {
      case IGNORED -> layer.bias().like();
      case SPLIT -> favour(layer.bias(), positive);
      case WHOLE -> layer.bias();
    };
  }

  @Override
  public boolean readsOutput() {
    return true;
  }

  @Override
  public boolean isProportional() {
    return true;
  }

  @Override
  public String toString() {
    return "gamma " + gamma + ", bias " + KebabCase.of(bias);
  }
}
