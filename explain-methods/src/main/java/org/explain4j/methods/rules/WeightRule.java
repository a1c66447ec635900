package org.explain4j.methods.rules;

import java.util.List;
import org.explain4j.network.Arithmetic;
import org.explain4j.network.Convolution;
import org.explain4j.network.Dense;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.propagation.CompilableRule;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Shares that do not depend on the input: {@code R_i = sum_j v_ij / (sum_i v_ij + epsilon) R_j},
 * {@code v = w^2} (Montavon et al. 2017, doi:10.1016/j.patcog.2016.11.008) or 1 (flat; Bach et al.
 * 2016).
 *
 * @param shares v from the weights
 * @param bias whether v of the bias is in the denominator: b^2 in zennit's w^2 rule
 * @param padding whether v of taps outside the image are in the denominator
 */
public record WeightRule(Shares shares, boolean bias, PaddingShare padding, double epsilon)
    implements CompilableRule {

  /** What v is. */
  public enum Shares {
    /** w^2. */
    SQUARE,
    /** 1. */
    FLAT;

    INDArray apply(INDArray weights) {
      return this == SQUARE ? weights.mul(weights) : Nd4j.onesLike(weights);
    }
  }

  /** {@code v = w^2}. */
  public static WeightRule square(boolean bias, double epsilon) {
    return new WeightRule(Shares.SQUARE, bias, PaddingShare.NONE, epsilon);
  }

  /** {@code v = 1}. */
  public static WeightRule flat(double epsilon) {
    return new WeightRule(Shares.FLAT, false, PaddingShare.NONE, epsilon);
  }

  /** The same with another share for zero padding. */
  public WeightRule with(PaddingShare other) {
    return new WeightRule(shares, bias, other, epsilon);
  }

  @Override
  public <V> List<V> messages(Arithmetic<V> site) {
    LinearLayer modified = site.changed("v", layer -> layer.with(shares.apply(layer.weights())));
    V sums = site.constant("sums", () -> sums(site, modified));
    return List.of(site.transpose(modified, site.quotient(site.message(), sums, epsilon, 1)));
  }

  /** The denominator at each position, without epsilon: {@code [1,k]} or {@code [1,k,oh,ow]}. */
  private INDArray sums(Arithmetic<?> site, LinearLayer modified) {
    LinearLayer layer = (LinearLayer) site.layer();
    if (layer instanceof Dense) {
      return modified.weights().sum(1).addi(ofBias(layer)).reshape(1, layer.neurons());
    }
    // All channels share the image's shape: their weights are added up first.
    INDArray weights = modified.weights().sum(true, 1);
    if (padding == PaddingShare.LOST) {
      INDArray all = weights.sum(1, 2, 3).addi(ofBias(layer));
      INDArray ones = Nd4j.ones(weights.dataType(), site.outputShape());
      return ones.muli(all.reshape(1, layer.neurons(), 1, 1));
    }
    long[] input = site.inputShape();
    try (INDArray ones = Nd4j.ones(weights.dataType(), 1, 1, input[2], input[3])) {
      return new Convolution(weights, ofBias(layer), ((Convolution) layer).window()).forward(ones);
    }
  }

  private INDArray ofBias(LinearLayer layer) {
    return bias ? shares.apply(layer.bias()) : layer.bias().like();
  }

  @Override
  public String toString() {
    return (shares == Shares.SQUARE ? "w^2" : "flat")
        + (bias ? " with bias" : "")
        + (padding == PaddingShare.LOST ? ", padding's share lost" : "");
  }
}
