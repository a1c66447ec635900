package org.explain4j.api.network;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Element-wise kernels. */
final class ElementKernels {
  private ElementKernels() {}

  static INDArray relu(INDArray input) {
    return Transforms.relu(input, true);
  }

  /** {@code gradient} where {@code output > 0}, else 0. */
  static INDArray gate(INDArray output, INDArray gradient) {
    return gradient.mul(output.gt(0).castTo(gradient.dataType()));
  }
}
