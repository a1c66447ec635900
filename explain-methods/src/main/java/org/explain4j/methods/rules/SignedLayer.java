package org.explain4j.methods.rules;

import org.explain4j.api.network.LinearLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A linear layer whose weights depend on the sign of the input they meet: {@code z = V x+ + U x-}.
 * Every rule that splits contributions by sign shares relevance in proportion to such a sum.
 *
 * @param forPositive V, with the bias that z includes
 * @param forNegative U; its bias is not used
 */
record SignedLayer(LinearLayer forPositive, LinearLayer forNegative) {

  /**
   * {@code R = x+ * V'(message / s(z)) + x- * U'(message / s(z))}; the arguments are left as they
   * are.
   */
  INDArray shares(INDArray x, INDArray message, double epsilon) {
    if (x.minNumber().doubleValue() >= 0) { // behind a rectifier: half the work
      try (INDArray z = forPositive.forward(x);
          INDArray quotient = Quotients.stable(message, z, epsilon)) {
        return forPositive.transpose(quotient, x.shape()).muli(x);
      }
    }
    LinearLayer unbiased = forNegative.with(forNegative.weights());
    try (INDArray positive = Signs.positive(x);
        INDArray negative = Signs.negative(x);
        INDArray part = unbiased.forward(negative);
        INDArray z = forPositive.forward(positive).addi(part);
        INDArray quotient = Quotients.stable(message, z, epsilon);
        INDArray below = unbiased.transpose(quotient, x.shape()).muli(negative)) {
      return forPositive.transpose(quotient, x.shape()).muli(positive).addi(below);
    }
  }
}
