package org.explain4j.methods.rules;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Positive and negative parts, as new arrays. */
final class Signs {
  private Signs() {}

  /** max(x, 0). */
  static INDArray positive(INDArray x) {
    return Transforms.relu(x, true);
  }

  /** min(x, 0). */
  static INDArray negative(INDArray x) {
    return Transforms.min(x, 0, true);
  }

  /** One of the two. */
  static INDArray part(INDArray x, boolean positive) {
    return positive ? positive(x) : negative(x);
  }
}
