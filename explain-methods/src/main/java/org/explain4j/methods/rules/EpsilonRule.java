package org.explain4j.methods.rules;

import java.util.List;
import org.explain4j.methods.rules.Pieces.Piece;
import org.explain4j.network.Layer;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.arrays.Buffers;
import org.explain4j.network.arrays.Elements;
import org.explain4j.network.propagation.PropagationRule;
import org.explain4j.network.propagation.Site;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@code R_i = sum_j x_i w_ij R_j / s(z_j)} with {@code s(z) = z + sign(z) epsilon}, sign(0) = 1
 * (Bach et al. 2015, Eqs. 56 and 58).
 *
 * @param epsilon 0 for LRP-0: a neuron with z = 0 then passes nothing down
 * @param bias whether z includes the bias, which then keeps its share of the relevance
 */
public record EpsilonRule(double epsilon, boolean bias) implements PropagationRule {

  @Override
  public List<INDArray> propagate(Site site, INDArray message) {
    if (site.layer() instanceof LinearLayer) {
      return Pieces.propagate(site, message, this::share);
    }
    try (INDArray quotient = quotient(site.layer(), site.output(), message)) {
      return List.of(
          site.layer().backward(site.inputs(), site.output(), quotient).get(0).muli(site.input()));
    }
  }

  private void share(Piece piece, INDArray relevance) {
    LinearLayer layer = piece.layer().layer();
    INDArray quotient = quotient(layer, piece.output(), piece.message());
    SignedLayer.contributions(layer, quotient, piece.input(), relevance);
    Buffers.release(quotient);
  }

  private INDArray quotient(Layer layer, INDArray output, INDArray message) {
    if (bias) {
      return Quotients.stable(message, output, epsilon);
    }
    INDArray z = Quotients.withoutBias(layer, output);
    return Elements.quotient(message, z, epsilon, 1, z);
  }

  @Override
  public String toString() {
    return "epsilon " + epsilon + (bias ? "" : ", no bias");
  }
}
