package org.explain4j.methods.rules;

import java.util.List;
import org.explain4j.network.Affine;
import org.explain4j.network.Arithmetic;
import org.explain4j.network.Layer;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.propagation.CompilableRule;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@code R_i = sum_j x_i w_ij R_j / s(z_j)} with {@code s(z) = z + sign(z) epsilon}, sign(0) = 1
 * (Bach et al. 2015, Eqs. 56 and 58).
 *
 * @param epsilon 0 for LRP-0: a neuron with z = 0 then passes nothing down
 * @param bias whether z includes the bias, which then keeps its share of the relevance
 */
public record EpsilonRule(double epsilon, boolean bias) implements CompilableRule {

  @Override
  public <V> List<V> messages(Arithmetic<V> site) {
    V z =
        bias
            ? site.output()
            : site.difference(site.output(), site.perChannel("bias", () -> offset(site.layer())));
    V quotient = site.quotient(site.message(), z, epsilon, 1);
    return List.of(site.product(site.gradient(quotient).get(0), site.input()));
  }

  /** What the layer adds. */
  private static INDArray offset(Layer layer) {
    return layer instanceof Affine affine ? affine.shift() : ((LinearLayer) layer).bias();
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
    return "epsilon " + epsilon + (bias ? "" : ", no bias");
  }
}
