package org.explain4j.methods.rules;

import org.explain4j.network.Affine;
import org.explain4j.network.Layer;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.arrays.Buffers;
import org.explain4j.network.arrays.Elements;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The divisions of relevance by a layer's output. */
final class Quotients {
  private Quotients() {}

  /**
   * {@code message / (z + sign(z) epsilon)} with sign(0) = 1; with epsilon 0, 0 where z is 0. The
   * arguments are not changed.
   */
  static INDArray stable(INDArray message, INDArray z, double epsilon) {
    return Elements.quotient(
        message, z, epsilon, 1, Buffers.uninitialized(message, message.shape()));
  }

  /** {@code Wx} from {@code Wx + b} of a linear layer, {@code sx} from {@code sx + t}. */
  static INDArray withoutBias(Layer layer, INDArray output) {
    INDArray bias = layer instanceof Affine affine ? affine.shift() : ((LinearLayer) layer).bias();
    long k = bias.length();
    return output.sub(output.rank() == 2 ? bias.reshape(1, k) : bias.reshape(1, k, 1, 1));
  }
}
