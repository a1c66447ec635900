package org.explain4j.methods.rules;

import java.util.List;
import org.explain4j.api.network.LinearLayer;
import org.explain4j.api.propagation.PropagationRule;
import org.explain4j.api.propagation.Site;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Positive and negative contributions apart (Bach et al. 2015, Eq. 60): {@code R_i = sum_j (alpha
 * (x_i w_ij)+ / z_j+ - beta (x_i w_ij)- / z_j-) R_j}, where {@code z+ = x+w+ + x-w-} and {@code z-
 * = x+w- + x-w+}. Alpha 1, beta 0 is z+ (Montavon et al. 2017).
 *
 * @param epsilon added to the denominators by their sign; with 0 a neuron without such
 *     contributions hands nothing down
 */
public record AlphaBetaRule(double alpha, double beta, Bias bias, double epsilon)
    implements PropagationRule {

  @Override
  public List<INDArray> propagate(Site site, INDArray message) {
    LinearLayer layer = (LinearLayer) site.layer();
    INDArray positive = Signs.positive(layer.weights());
    INDArray negative = Signs.negative(layer.weights());
    SignedLayer evidence =
        new SignedLayer(layer.with(positive, bias(layer, true)), layer.with(negative));
    INDArray relevance = evidence.shares(site.input(), message, epsilon).muli(alpha);
    if (beta != 0) {
      SignedLayer counter =
          new SignedLayer(layer.with(negative, bias(layer, false)), layer.with(positive));
      try (INDArray against = counter.shares(site.input(), message, epsilon)) {
        relevance.subi(against.muli(beta));
      }
    }
    return List.of(relevance);
  }

  private INDArray bias(LinearLayer layer, boolean positive) {
    return switch (bias) {
      case IGNORED -> layer.bias().like();
      case SPLIT -> positive ? Signs.positive(layer.bias()) : Signs.negative(layer.bias());
      case WHOLE -> layer.bias();
    };
  }
}
