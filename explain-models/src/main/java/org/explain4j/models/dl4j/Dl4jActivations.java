package org.explain4j.models.dl4j;

import org.explain4j.network.Activation;
import org.explain4j.network.ActivationFunction;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationHardTanH;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationMish;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.activations.impl.ActivationThresholdedReLU;

/** DL4J's activations as rows of the table of functions. */
final class Dl4jActivations {
  private Dl4jActivations() {}

  /**
   * @throws IllegalArgumentException if there is no such function
   */
  static Activation of(IActivation activation) {
    if (activation instanceof ActivationReLU && activation.equals(new ActivationReLU())) {
      return Activation.RELU;
    }
    if (activation instanceof ActivationLReLU leaky) {
      return Activation.of(ActivationFunction.LEAKY_RELU, leaky.getAlpha());
    }
    if (activation instanceof ActivationELU elu) {
      return Activation.of(ActivationFunction.ELU, elu.getAlpha());
    }
    if (activation instanceof ActivationThresholdedReLU thresholded) {
      return Activation.of(ActivationFunction.THRESHOLDED_RELU, thresholded.getTheta());
    }
    if (activation instanceof ActivationGELU gelu && !gelu.isPrecise()) {
      return Activation.of(ActivationFunction.SILU, 1.702); // ND4J's approximation
    }
    return withoutSettings(activation);
  }

  private static Activation withoutSettings(IActivation activation) {
    if (activation instanceof ActivationReLU6) {
      return Activation.of(ActivationFunction.CLIP, 0, 6);
    }
    if (activation instanceof ActivationHardTanH) {
      return Activation.of(ActivationFunction.CLIP, -1, 1);
    }
    if (activation instanceof ActivationHardSigmoid) {
      return Activation.of(ActivationFunction.HARD_SIGMOID, 0.2, 0.5);
    }
    if (activation instanceof ActivationSELU) {
      return Activation.of(ActivationFunction.SELU);
    }
    if (activation instanceof ActivationSigmoid) {
      return Activation.of(ActivationFunction.SIGMOID);
    }
    if (activation instanceof ActivationSoftPlus) {
      return Activation.of(ActivationFunction.SOFTPLUS);
    }
    if (activation instanceof ActivationSoftSign) {
      return Activation.of(ActivationFunction.SOFTSIGN);
    }
    if (activation instanceof ActivationSwish) {
      return Activation.of(ActivationFunction.SILU);
    }
    if (activation instanceof ActivationTanH) {
      return Activation.of(ActivationFunction.TANH);
    }
    if (activation instanceof ActivationMish) {
      return Activation.of(ActivationFunction.MISH);
    }
    throw new IllegalArgumentException(
        "The activation %s is not supported; relu, leakyrelu, relu6, elu, selu, gelu, sigmoid,"
                .formatted(activation)
            + " hardsigmoid, tanh, hardtanh, softplus, softsign, swish, mish, thresholdedrelu,"
            + " identity and, at the end, softmax are.");
  }
}
