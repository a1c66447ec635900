package org.explain4j.methods.rules;

import java.util.List;
import org.explain4j.methods.rules.Pieces.Piece;
import org.explain4j.network.Convolution;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.arrays.Buffers;
import org.explain4j.network.arrays.Elements;
import org.explain4j.network.propagation.PropagationRule;
import org.explain4j.network.propagation.Site;
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
    implements PropagationRule {

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
  public List<INDArray> propagate(Site site, INDArray message) {
    if (site.layer() instanceof Convolution convolution) {
      try (INDArray sums = sums(convolution, site)) {
        return Pieces.propagate(site, message, (piece, target) -> share(piece, sums, target));
      }
    }
    return Pieces.propagate(
        site,
        message,
        (piece, target) -> {
          INDArray weights = modified(piece.layer()).weights();
          try (INDArray sums = weights.sum(1).addi(ofBias(piece.layer().layer()))) {
            share(piece, sums.reshape(1, sums.length()), target);
          }
        });
  }

  /** The denominator at each position, without epsilon: {@code [1,k,oh,ow]}. */
  private INDArray sums(Convolution layer, Site site) {
    INDArray input = site.input();
    // All channels share the image's shape: their weights are added up first.
    INDArray weights = shares.apply(layer.weights()).sum(true, 1);
    if (padding == PaddingShare.LOST) {
      INDArray all = weights.sum(1, 2, 3).addi(ofBias(layer));
      long[] shape = site.output().shape();
      INDArray ones = Nd4j.ones(input.dataType(), 1, shape[1], shape[2], shape[3]);
      return ones.muli(all.reshape(1, shape[1], 1, 1));
    }
    try (INDArray ones = Nd4j.ones(input.dataType(), 1, 1, input.size(2), input.size(3))) {
      return layer.with(weights, ofBias(layer)).forward(ones);
    }
  }

  private void share(Piece piece, INDArray sums, INDArray target) {
    INDArray quotient =
        Elements.quotient(
            piece.message(),
            sums,
            epsilon,
            1,
            Buffers.uninitialized(target, piece.message().shape()));
    INDArray relevance = modified(piece.layer()).transpose(quotient, target.shape());
    target.assign(relevance);
    Buffers.release(quotient);
    Buffers.release(relevance);
  }

  private LinearLayer modified(ModifiedLayers layer) {
    return layer.get("v", l -> l.with(shares.apply(l.weights())));
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
