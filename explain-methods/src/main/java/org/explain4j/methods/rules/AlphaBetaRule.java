package org.explain4j.methods.rules;

import java.util.List;
import org.explain4j.api.KebabCase;
import org.explain4j.methods.rules.Pieces.Piece;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.arrays.Buffers;
import org.explain4j.network.propagation.PropagationRule;
import org.explain4j.network.propagation.Site;
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
    implements PropagationRule {

  @Override
  public List<INDArray> propagate(Site site, INDArray message) {
    return Pieces.propagate(site, message, this::share);
  }

  private void share(Piece piece, INDArray relevance) {
    SignedLayer evidence = new SignedLayer(part(piece, true), () -> part(piece, false).unbiased());
    evidence.shares(piece.input(), piece.message(), epsilon, alpha, relevance);
    if (beta != 0) {
      SignedLayer counter = new SignedLayer(part(piece, false), () -> part(piece, true).unbiased());
      INDArray against = Buffers.uninitialized(relevance, relevance.shape());
      counter.shares(piece.input(), piece.message(), epsilon, -beta, against);
      relevance.addi(against);
      Buffers.release(against);
    }
  }

  /** The positive or the negative weights, with their bias. */
  private LinearLayer part(Piece piece, boolean positive) {
    return piece
        .layer()
        .get(
            positive ? "w+" : "w-",
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
  public String toString() {
    return "alpha %s beta %s, bias %s".formatted(alpha, beta, KebabCase.of(bias));
  }
}
