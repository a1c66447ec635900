package org.explain4j.network;

import java.util.List;
import org.explain4j.network.arrays.Broadcast;
import org.explain4j.network.arrays.Elements;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Element-wise product of two inputs, such as an image and a gate for each of its channels
 * (squeeze-and-excitation). Sizes of 1 are repeated: {@code [c,1,1]} times {@code [c,h,w]}.
 */
public record Product() implements Layer {

  @Override
  public LayerKind kind() {
    return LayerKind.PRODUCT;
  }

  @Override
  public List<Long> outputShape(List<List<Long>> inputs) {
    if (inputs.size() != 2) {
      throw new IllegalArgumentException("A product takes two inputs, not " + inputs.size() + ".");
    }
    return Broadcast.shape(inputs.get(0), inputs.get(1));
  }

  @Override
  public INDArray forward(List<INDArray> inputs) {
    return product(inputs.get(0), inputs.get(1));
  }

  @Override
  public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient) {
    return secant(inputs, inputs, gradient);
  }

  /**
   * As {@link #backward}, with the mean of each factor's two values in place of its value: {@code
   * ab - a'b' = (a - a') (b + b') / 2 + (b - b') (a + a') / 2}, so that products of multipliers and
   * differences add up to the output's difference.
   *
   * @param references of the inputs' shapes
   */
  public List<INDArray> secant(
      List<INDArray> inputs, List<INDArray> references, INDArray gradient) {
    return List.of(
        factor(gradient, inputs.get(1), references.get(1), inputs.get(0)),
        factor(gradient, inputs.get(0), references.get(0), inputs.get(1)));
  }

  private static INDArray factor(
      INDArray gradient, INDArray other, INDArray otherReference, INDArray own) {
    if (other == otherReference) {
      return passed(gradient, other, own);
    }
    try (INDArray mean = Elements.combine(other, otherReference, (a, b) -> (a + b) / 2)) {
      return passed(gradient, mean, own);
    }
  }

  private static INDArray passed(INDArray gradient, INDArray factor, INDArray own) {
    INDArray full = product(gradient, factor);
    INDArray sum = Broadcast.sum(full, own.shape());
    if (sum != full) {
      full.close();
    }
    return sum;
  }

  private static INDArray product(INDArray a, INDArray b) {
    INDArray first = Broadcast.repeated(a, b.shape());
    INDArray second = Broadcast.repeated(b, a.shape());
    INDArray result = Elements.combine(first, second, (x, y) -> x * y);
    if (first != a) {
      first.close();
    }
    if (second != b) {
      second.close();
    }
    return result;
  }
}
