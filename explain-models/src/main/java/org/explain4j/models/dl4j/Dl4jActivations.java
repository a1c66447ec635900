package org.explain4j.models.dl4j;

import static org.explain4j.network.ActivationFunction.CLIP;
import static org.explain4j.network.ActivationFunction.ELU;
import static org.explain4j.network.ActivationFunction.HARD_SIGMOID;
import static org.explain4j.network.ActivationFunction.LEAKY_RELU;
import static org.explain4j.network.ActivationFunction.MISH;
import static org.explain4j.network.ActivationFunction.SELU;
import static org.explain4j.network.ActivationFunction.SIGMOID;
import static org.explain4j.network.ActivationFunction.SILU;
import static org.explain4j.network.ActivationFunction.SOFTPLUS;
import static org.explain4j.network.ActivationFunction.SOFTSIGN;
import static org.explain4j.network.ActivationFunction.TANH;
import static org.explain4j.network.ActivationFunction.THRESHOLDED_RELU;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
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
  private static final Map<Class<? extends IActivation>, Function<IActivation, Activation>> ROWS =
      new LinkedHashMap<>();

  static {
    fixed(ActivationReLU6.class, CLIP, 0, 6);
    fixed(ActivationHardTanH.class, CLIP, -1, 1);
    fixed(ActivationHardSigmoid.class, HARD_SIGMOID, 0.2, 0.5);
    fixed(ActivationSELU.class, SELU);
    fixed(ActivationSigmoid.class, SIGMOID);
    fixed(ActivationSoftPlus.class, SOFTPLUS);
    fixed(ActivationSoftSign.class, SOFTSIGN);
    fixed(ActivationSwish.class, SILU);
    fixed(ActivationTanH.class, TANH);
    fixed(ActivationMish.class, MISH);
    row(ActivationLReLU.class, leaky -> Activation.of(LEAKY_RELU, leaky.getAlpha()));
    row(ActivationELU.class, elu -> Activation.of(ELU, elu.getAlpha()));
    row(ActivationThresholdedReLU.class, f -> Activation.of(THRESHOLDED_RELU, f.getTheta()));
    row(ActivationGELU.class, Dl4jActivations::gelu);
  }

  /** ND4J's approximation; what M2.1 calls precise is no GELU, as it cubes the factor too. */
  private static Activation gelu(ActivationGELU gelu) {
    if (gelu.isPrecise()) {
      throw new IllegalArgumentException(
          "The precise gelu is not supported: ND4J computes tanh(sqrt(2/pi) (x + (0.044715"
              + " x)^3)).");
    }
    return Activation.of(SILU, 1.702);
  }

  private Dl4jActivations() {}

  private static <T extends IActivation> void row(Class<T> type, Function<T, Activation> function) {
    ROWS.put(type, activation -> function.apply(type.cast(activation)));
  }

  private static void fixed(
      Class<? extends IActivation> type, ActivationFunction function, double... settings) {
    row(type, activation -> Activation.of(function, settings));
  }

  /**
   * @throws IllegalArgumentException if there is no such function
   */
  static Activation of(IActivation activation) {
    if (activation instanceof ActivationReLU && activation.equals(new ActivationReLU())) {
      return Activation.RELU;
    }
    Function<IActivation, Activation> row = ROWS.get(activation.getClass());
    if (row == null) {
      throw new IllegalArgumentException(
          String.format(
                  Locale.ROOT,
                  "The activation %s is not supported; relu, leakyrelu, relu6, elu, selu, gelu, sigmoid,",
                  activation)
              + " hardsigmoid, tanh, hardtanh, softplus, softsign, swish, mish, thresholdedrelu,"
              + " identity and, at the end, softmax are.");
    }
    return row.apply(activation);
  }
}
