package org.explain4j.network;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.numbers.gamma.Erfc;

/**
 * The functions that an {@link Activation} may apply to each number; a row has the function, its
 * derivative, and its parameters with their defaults. At infinite arguments both are the limits; of
 * NaN the value is NaN. Where a function has a kink, its derivative there is the one that PyTorch
 * takes.
 */
@SuppressWarnings("ImmutableEnumChecker") // formulas and lists of records have no state
public enum ActivationFunction {
  /** {@code max(x, 0)}. */
  RELU((x, p) -> Math.max(x, 0), (x, p) -> x > 0 ? 1 : 0),
  /** {@code x} where positive, else {@code alpha x}; PReLU has an alpha per channel. */
  LEAKY_RELU(
      (x, p) -> x > 0 ? x : times(p[0], x),
      (x, p) -> x > 0 ? 1 : p[0],
      new Parameter("alpha", 0.01)),
  /** {@code x} where positive, else {@code alpha (exp(x) - 1)}. */
  ELU(
      (x, p) -> x > 0 ? x : p[0] * Math.expm1(x),
      (x, p) -> x > 0 ? 1 : p[0] * Math.exp(x),
      new Parameter("alpha", 1)),
  /** ELU times gamma (Klambauer et al. 2017, arXiv 1706.02515). */
  SELU(
      (x, p) -> p[1] * (x > 0 ? x : p[0] * Math.expm1(x)),
      (x, p) -> p[1] * (x > 0 ? 1 : p[0] * Math.exp(x)),
      new Parameter("alpha", 1.6732632423543772),
      new Parameter("gamma", 1.0507009873554805)),
  /** {@code x} where positive, else {@code alpha (exp(x / alpha) - 1)}. */
  CELU(
      (x, p) -> x > 0 ? x : p[0] * Math.expm1(x / p[0]),
      (x, p) -> x > 0 ? 1 : Math.exp(x / p[0]),
      new Parameter("alpha", 1)),
  /** {@code x Phi(x)}, Phi of the normal distribution (Hendrycks & Gimpel, arXiv 1606.08415). */
  GELU(
      (x, p) -> times(normal(x), x),
      (x, p) -> normal(x) + times(Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI), x)),
  /** GELU with the approximation {@code 1/2 + tanh(sqrt(2/pi) (x + 0.044715 x^3)) / 2} of Phi. */
  GELU_TANH(
      (x, p) -> times(sigmoid(cubic(x)), x),
      (x, p) -> sigmoid(cubic(x)) + times(bell(cubic(x)), x * cubicSlope(x))),
  /** {@code 1 / (1 + exp(-x))}. */
  SIGMOID((x, p) -> sigmoid(x), (x, p) -> bell(x)),
  /** The hyperbolic tangent. */
  TANH((x, p) -> Math.tanh(x), (x, p) -> 4 * bell(2 * x)),
  /** {@code log(1 + exp(beta x)) / beta}. */
  SOFTPLUS(
      (x, p) -> softplus(p[0] * x) / p[0], (x, p) -> sigmoid(p[0] * x), new Parameter("beta", 1)),
  /** {@code x / (1 + |x|)}. */
  SOFTSIGN(
      (x, p) -> Double.isInfinite(x) ? Math.signum(x) : x / (1 + Math.abs(x)),
      (x, p) -> 1 / ((1 + Math.abs(x)) * (1 + Math.abs(x)))),
  /** {@code x sigmoid(beta x)}, also called swish. */
  SILU(
      (x, p) -> times(sigmoid(p[0] * x), x),
      (x, p) -> sigmoid(p[0] * x) + times(bell(p[0] * x), p[0] * x),
      new Parameter("beta", 1)),
  /** {@code alpha x + beta} clipped to [0, 1]; alpha is 0.2 by default in ONNX and Keras 2. */
  HARD_SIGMOID(
      (x, p) -> clip(p[0] * x + p[1], 0, 1),
      (x, p) -> inside(p[0] * x + p[1], 0, 1) ? p[0] : 0,
      new Parameter("alpha", 1.0 / 6),
      new Parameter("beta", 0.5)),
  /** {@code x} times its hard sigmoid. */
  HARD_SWISH(
      (x, p) -> times(clip(p[0] * x + p[1], 0, 1), x),
      (x, p) -> hardSwishSlope(x, p[0] * x + p[1], p[0]),
      new Parameter("alpha", 1.0 / 6),
      new Parameter("beta", 0.5)),
  /** {@code x tanh(softplus(x))} (Misra, arXiv 1908.08681). */
  MISH(
      (x, p) -> times(Math.tanh(softplus(x)), x),
      (x, p) -> Math.tanh(softplus(x)) + times(4 * bell(2 * softplus(x)) * sigmoid(x), x)),
  /** {@code x} clipped to [min, max]: ReLU6 is [0, 6], hard tanh [-1, 1]. */
  CLIP(
      (x, p) -> clip(x, p[0], p[1]),
      (x, p) -> inside(x, p[0], p[1]) ? 1 : 0,
      new Parameter("min", 0),
      new Parameter("max", 6)),
  /** {@code x} where it is above theta, else 0. */
  THRESHOLDED_RELU(
      (x, p) -> x <= p[0] ? 0 : x, (x, p) -> x > p[0] ? 1 : 0, new Parameter("theta", 1));

  /** A parameter's name and default. */
  public record Parameter(String name, double standard) {}

  /** Of a number and one value for each parameter. */
  @FunctionalInterface
  interface Formula {
    double at(double x, double... parameters);
  }

  private final Formula value;
  private final Formula derivative;
  private final List<Parameter> parameters;

  ActivationFunction(Formula value, Formula derivative, Parameter... parameters) {
    this.value = value;
    this.derivative = derivative;
    this.parameters = List.of(parameters);
  }

  /** The field's term, such as {@code leaky-relu}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** In the order in which the functions take them. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /**
   * f(x).
   *
   * @param settings one number for each parameter
   */
  public double value(double x, double... settings) {
    return value.at(x, settings);
  }

  /**
   * f'(x).
   *
   * @param settings one number for each parameter
   */
  public double derivative(double x, double... settings) {
    return derivative.at(x, settings);
  }

  /** Whether f(x) lies in [0, 1], whatever x is, as the factor of a gate does. */
  boolean isGate(double... settings) {
    return switch (this) {
      case SIGMOID, HARD_SIGMOID -> true;
      case CLIP -> settings[0] >= 0 && settings[1] <= 1;
      default -> false;
    };
  }

  /** Whether f(x) is never below 0. */
  boolean isNonNegative(double... settings) {
    return switch (this) {
      case RELU, SIGMOID, HARD_SIGMOID, SOFTPLUS -> true;
      case CLIP, THRESHOLDED_RELU -> settings[0] >= 0;
      default -> false;
    };
  }

  /**
   * @throws IllegalArgumentException if the numbers are not as many as the parameters, not numbers,
   *     or contradict each other
   */
  void check(double... settings) {
    boolean valid =
        settings.length == parameters.size()
            && Arrays.stream(settings).noneMatch(Double::isNaN)
            && (this != CLIP || settings[0] <= settings[1])
            && ((this != CELU && this != SOFTPLUS) || settings[0] > 0);
    if (!valid) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s takes %s; it was given %s.",
              id(),
              parameters.isEmpty()
                  ? "no parameters"
                  : parameters.stream().map(Parameter::name).toList(),
              Arrays.toString(settings)));
    }
  }

  /** A product in which a factor of 0 makes the limit 0 where x is infinite. */
  private static double times(double factor, double x) {
    return factor == 0 && Double.isInfinite(x) ? 0 : factor * x;
  }

  private static double sigmoid(double x) {
    return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
  }

  /** The sigmoid's derivative. */
  private static double bell(double x) {
    return sigmoid(x) * sigmoid(-x);
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  private static double normal(double x) {
    return Erfc.value(-x / Math.sqrt(2)) / 2;
  }

  private static double cubic(double x) {
    return Math.sqrt(8 / Math.PI) * (x + 0.044715 * x * x * x);
  }

  private static double cubicSlope(double x) {
    return Math.sqrt(8 / Math.PI) * (1 + 3 * 0.044715 * x * x);
  }

  private static double clip(double x, double least, double most) {
    return Math.max(least, Math.min(x, most));
  }

  private static boolean inside(double x, double least, double most) {
    return x > least && x < most;
  }

  private static double hardSwishSlope(double x, double gate, double alpha) {
    if (gate < 0) {
      return 0;
    }
    return gate <= 1 ? gate + alpha * x : 1;
  }
}
