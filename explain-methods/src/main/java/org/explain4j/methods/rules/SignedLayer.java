package org.explain4j.methods.rules;

import java.util.function.Supplier;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.arrays.Buffers;
import org.explain4j.network.arrays.Elements;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A linear layer whose weights depend on the sign of the input they meet: {@code z = V x+ + U x-}.
 * Every rule that splits contributions by sign shares relevance in proportion to such a sum.
 *
 * @param forPositive V, with the bias that z includes
 * @param forNegative U, with bias zero; asked for only where an input is negative
 */
record SignedLayer(LinearLayer forPositive, Supplier<LinearLayer> forNegative) {

  /**
   * {@code R = factor (x+ * V'(message / s(z)) + x- * U'(message / s(z)))}; the arguments other
   * than the target are not changed.
   *
   * @param target receives R, of x's shape
   */
  void shares(INDArray x, INDArray message, double epsilon, double factor, INDArray target) {
    if (!Elements.anyNegative(x)) { // after a rectifier: half the work
      INDArray z = forPositive.forward(x);
      Elements.quotient(message, z, epsilon, factor, z);
      contributions(forPositive, z, x, target);
      Buffers.release(z);
      return;
    }
    LinearLayer unbiased = forNegative.get();
    try (INDArray positive = Signs.positive(x);
        INDArray negative = Signs.negative(x);
        INDArray part = unbiased.forward(negative);
        INDArray z = forPositive.forward(positive).addi(part);
        INDArray below = Buffers.uninitialized(x, x.shape())) {
      Elements.quotient(message, z, epsilon, factor, z);
      contributions(unbiased, z, negative, below);
      contributions(forPositive, z, positive, target);
      target.addi(below);
    }
  }

  /** {@code W'q * x}. */
  static void contributions(LinearLayer layer, INDArray quotient, INDArray x, INDArray target) {
    INDArray shares = layer.transpose(quotient, x.shape());
    Elements.product(shares, x, target);
    Buffers.release(shares);
  }
}
