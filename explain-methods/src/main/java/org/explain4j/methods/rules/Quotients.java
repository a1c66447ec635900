package org.explain4j.methods.rules;

import org.explain4j.api.network.Affine;
import org.explain4j.api.network.Layer;
import org.explain4j.api.network.LinearLayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** The divisions of relevance by a layer's output. */
final class Quotients {
  private Quotients() {}

  /**
   * {@code message / (z + sign(z) epsilon)} with sign(0) = 1; with epsilon 0, 0 where z is 0. The
   * arguments are left as they are.
   */
  static INDArray stable(INDArray message, INDArray z, double epsilon) {
    INDArray quotient = Nd4j.createUninitialized(message.dataType(), message.shape(), 'c');
    if (epsilon == 0) {
      divide(message, z, quotient);
      return quotient;
    }
    try (INDArray negative = z.lt(0);
        INDArray stabilised = negative.castTo(z.dataType())) {
      stabilised.muli(-2 * epsilon).addi(epsilon).addi(z);
      divide(message, stabilised, quotient);
    }
    return quotient;
  }

  private static void divide(INDArray a, INDArray b, INDArray quotient) {
    Nd4j.exec(
        DynamicCustomOp.builder("divide_no_nan").addInputs(a, b).addOutputs(quotient).build());
  }

  /** {@code Wx} from {@code Wx + b} of a linear layer, {@code sx} from {@code sx + t}. */
  static INDArray withoutBias(Layer layer, INDArray output) {
    INDArray bias = layer instanceof Affine affine ? affine.shift() : ((LinearLayer) layer).bias();
    return output.sub(perNeuron(bias, output.rank()));
  }

  /** A vector {@code [k]} in the shape that broadcasts against a linear layer's output. */
  static INDArray perNeuron(INDArray vector, int rank) {
    long k = vector.length();
    return rank == 2 ? vector.reshape(1, k) : vector.reshape(1, k, 1, 1);
  }
}
