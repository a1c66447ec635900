package org.explain4j.methods.rules;

import java.util.List;
import org.explain4j.api.network.Elements;
import org.explain4j.api.network.LinearLayer;
import org.explain4j.api.propagation.PropagationRule;
import org.explain4j.api.propagation.Site;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Contributions of the output's sign count (1 + gamma) times (Montavon et al. 2019,
 * doi:10.1007/978-3-030-28954-6_10, in the form for inputs of both signs of Andeol et al. 2021):
 * where z &gt; 0, {@code R_i = sum_j (x_i+ (w + gamma w+) + x_i- (w + gamma w-)) R_j} over its sum;
 * where z &lt; 0 with w- for w+ and w+ for w-.
 *
 * @param bias {@link Bias#SPLIT} adds b + gamma b+ to the denominator (zennit), {@link Bias#WHOLE}
 *     b (Captum)
 */
public record GammaRule(double gamma, Bias bias, double epsilon) implements PropagationRule {

  @Override
  public List<INDArray> propagate(Site site, INDArray message) {
    INDArray relevance;
    try (INDArray selected = Elements.combine(message, site.output(), (r, z) -> z > 0 ? r : 0)) {
      relevance = layer(site, true).shares(site.input(), selected, epsilon);
    }
    try (INDArray selected = Elements.combine(message, site.output(), (r, z) -> z < 0 ? r : 0)) {
      // Behind a rectifier nothing arrives here, which saves two convolutions.
      if (selected.amaxNumber().doubleValue() > 0) {
        try (INDArray rest = layer(site, false).shares(site.input(), selected, epsilon)) {
          relevance.addi(rest);
        }
      }
    }
    return List.of(relevance);
  }

  private SignedLayer layer(Site site, boolean positive) {
    LinearLayer layer = (LinearLayer) site.layer();
    return new SignedLayer(
        layer.with(favour(layer.weights(), positive), bias(layer, positive)),
        layer.with(favour(layer.weights(), !positive)));
  }

  private INDArray favour(INDArray weights, boolean positive) {
    INDArray part = positive ? Signs.positive(weights) : Signs.negative(weights);
    return part.muli(gamma).addi(weights);
  }

  private INDArray bias(LinearLayer layer, boolean positive) {
    return switch (bias) {
      case IGNORED -> layer.bias().like();
      case SPLIT -> favour(layer.bias(), positive);
      case WHOLE -> layer.bias();
    };
  }
}
