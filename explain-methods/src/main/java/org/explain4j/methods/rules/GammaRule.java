package org.explain4j.methods.rules;

import java.util.List;
import org.explain4j.api.KebabCase;
import org.explain4j.methods.rules.Pieces.Piece;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.arrays.Buffers;
import org.explain4j.network.arrays.Elements;
import org.explain4j.network.propagation.PropagationRule;
import org.explain4j.network.propagation.Site;
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
public record GammaRule(double gamma, Bias bias, double epsilon) implements PropagationRule {

  @Override
  public List<INDArray> propagate(Site site, INDArray message) {
    return Pieces.propagate(site, message, this::share);
  }

  private void share(Piece piece, INDArray relevance) {
    INDArray selected = Elements.combine(piece.message(), piece.output(), (r, z) -> z > 0 ? r : 0);
    shares(piece, true, selected, relevance);
    Buffers.release(selected);
    selected = Elements.combine(piece.message(), piece.output(), (r, z) -> z < 0 ? r : 0);
    // After a rectifier nothing arrives here, which saves two convolutions.
    if (Elements.anyNonZero(selected)) {
      INDArray rest = Buffers.uninitialized(relevance, relevance.shape());
      shares(piece, false, selected, rest);
      relevance.addi(rest);
      Buffers.release(rest);
    }
    Buffers.release(selected);
  }

  private void shares(Piece piece, boolean positive, INDArray message, INDArray relevance) {
    new SignedLayer(favour(piece, positive), () -> favour(piece, !positive).unbiased())
        .shares(piece.input(), message, epsilon, 1, relevance);
  }

  private LinearLayer favour(Piece piece, boolean positive) {
    return piece
        .layer()
        .get(
            positive ? "w + gamma w+" : "w + gamma w-",
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
  public String toString() {
    return "gamma " + gamma + ", bias " + KebabCase.of(bias);
  }
}
