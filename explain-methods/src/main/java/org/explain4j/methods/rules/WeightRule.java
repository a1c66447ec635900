package org.explain4j.methods.rules;

import java.util.List;
import java.util.function.UnaryOperator;
import org.explain4j.api.network.Elements;
import org.explain4j.api.network.LinearLayer;
import org.explain4j.api.propagation.PropagationRule;
import org.explain4j.api.propagation.Site;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Shares that do not depend on the input: {@code R_i = sum_j v_ij / (sum_i v_ij + epsilon) R_j},
 * {@code v = w^2} (Montavon et al. 2017, doi:10.1016/j.patcog.2016.11.008) or 1 (flat; Bach et al.
 * 2016). At a padded border the sum runs over the taps inside the image; the LRP toolbox loses the
 * relevance of the others.
 *
 * @param shares v from the weights
 * @param bias whether v of the bias is in the denominator: b^2 in zennit's w^2 rule
 */
public record WeightRule(UnaryOperator<INDArray> shares, boolean bias, double epsilon)
    implements PropagationRule {

  /** {@code v = w^2}. */
  public static WeightRule square(boolean bias, double epsilon) {
    return new WeightRule(weights -> weights.mul(weights), bias, epsilon);
  }

  /** {@code v = 1}. */
  public static WeightRule flat(double epsilon) {
    return new WeightRule(Nd4j::onesLike, false, epsilon);
  }

  @Override
  public List<INDArray> propagate(Site site, INDArray message) {
    LinearLayer layer = (LinearLayer) site.layer();
    INDArray weights = shares.apply(layer.weights());
    LinearLayer shared =
        bias ? layer.with(weights, shares.apply(layer.bias())) : layer.with(weights);
    long[] one = site.input().shape().clone();
    one[0] = 1;
    try (INDArray ones = Nd4j.ones(message.dataType(), one);
        INDArray sums = shared.forward(ones).addi(epsilon);
        INDArray quotient = Elements.combine(message, sums, (r, sum) -> r / sum)) {
      return List.of(shared.transpose(quotient, site.input().shape()));
    }
  }
}
