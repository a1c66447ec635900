package org.explain4j.methods.rules;

import java.util.List;
import org.explain4j.api.propagation.PropagationRule;
import org.explain4j.api.propagation.Site;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@code R_i = sum_j x_i w_ij R_j / s(z_j)} with {@code s(z) = z + sign(z) epsilon}, sign(0) = 1
 * (Bach et al. 2015, Eqs. 56 and 58).
 *
 * @param epsilon 0 for LRP-0: a neuron with z = 0 then hands nothing down
 * @param bias whether z includes the bias, which then keeps its share of the relevance
 */
public record EpsilonRule(double epsilon, boolean bias) implements PropagationRule {

  @Override
  public List<INDArray> propagate(Site site, INDArray message) {
    if (bias) {
      return List.of(shares(site, site.output(), message));
    }
    try (INDArray z = Quotients.withoutBias(site.layer(), site.output())) {
      return List.of(shares(site, z, message));
    }
  }

  private INDArray shares(Site site, INDArray z, INDArray message) {
    try (INDArray quotient = Quotients.stable(message, z, epsilon)) {
      return site.layer()
          .backward(site.inputs(), site.output(), quotient)
          .get(0)
          .muli(site.input());
    }
  }
}
