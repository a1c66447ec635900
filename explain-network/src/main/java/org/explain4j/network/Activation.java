package org.explain4j.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.explain4j.network.arrays.Elements;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A function of each number, {@code y = f(x)}.
 *
 * @param parameters of the function, in its order; the first may have several values: one per
 *     channel or one per entry of an example, row-major (PReLU's slopes)
 */
public record Activation(ActivationFunction function, List<List<Double>> parameters)
    implements UnaryLayer {

  /** The rectifier, {@code max(x, 0)}; its derivative at 0 is 0. */
  public static final Activation RELU = of(ActivationFunction.RELU);

  /**
   * @throws IllegalArgumentException if the parameters are not those of the function
   */
  public Activation {
    parameters = parameters.stream().map(List::copyOf).toList();
    for (int i = 0; i < parameters.size(); i++) {
      int values = parameters.get(i).size();
      if (values == 0 || (i > 0 && values > 1)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "Parameter %d of %s has %d values; only the first may have several.",
                i + 1,
                function.id(),
                values));
      }
    }
    for (int i = 0; i < (parameters.isEmpty() ? 1 : parameters.get(0).size()); i++) {
      function.check(settings(parameters, i));
    }
  }

  /** A function whose first parameters are given; the others have their defaults. */
  public static Activation of(ActivationFunction function, double... settings) {
    List<List<Double>> parameters = new ArrayList<>();
    for (int i = 0; i < Math.max(settings.length, function.parameters().size()); i++) {
      double value = i < settings.length ? settings[i] : function.parameters().get(i).standard();
      parameters.add(List.of(value));
    }
    return new Activation(function, parameters);
  }

  /** A leaky rectifier with a slope for each channel, or for each entry of an example. */
  public static Activation prelu(double... slopes) {
    return new Activation(
        ActivationFunction.LEAKY_RELU, List.of(Arrays.stream(slopes).boxed().toList()));
  }

  @Override
  public LayerKind kind() {
    return LayerKind.ACTIVATION;
  }

  /** Whether a layer is the rectifier. */
  public static boolean isRelu(Layer layer) {
    return layer instanceof Activation activation && activation.isRelu();
  }

  /** Whether it is the rectifier, of which more is known and for which there are faster kernels. */
  public boolean isRelu() {
    return function == ActivationFunction.RELU;
  }

  /** Whether a layer's output are features: factors between 0 and 1 gate others. */
  public static boolean isFeatures(Layer layer) {
    return layer instanceof Activation activation && !activation.isGate();
  }

  /** Whether its output lies in [0, 1], as the factor of a gate does. */
  public boolean isGate() {
    return settings().allMatch(function::isGate);
  }

  /** Whether no output is below 0. */
  public boolean isNonNegative() {
    return settings().allMatch(function::isNonNegative);
  }

  private Stream<double[]> settings() {
    int count = parameters.isEmpty() ? 1 : parameters.get(0).size();
    return IntStream.range(0, count).mapToObj(i -> settings(parameters, i));
  }

  /** The i-th values where there are several. */
  private static double[] settings(List<List<Double>> parameters, int i) {
    return parameters.stream().mapToDouble(p -> p.get(p.size() == 1 ? 0 : i)).toArray();
  }

  @Override
  public List<Long> outputShapeOf(List<Long> input) {
    if (isVaried()) {
      int values = parameters.get(0).size();
      if (input.isEmpty() || (values != input.get(0) && values != Shapes.size(input))) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "A %s with %d values of %s was given %s.",
                function.id(),
                values,
                function.parameters().get(0).name(),
                input));
      }
    }
    return input;
  }

  @Override
  public INDArray forward(INDArray input) {
    return isRelu() ? Elements.relu(input) : each(input, function::value);
  }

  @Override
  public INDArray backward(INDArray input, INDArray output, INDArray gradient) {
    if (isRelu()) {
      return Elements.gate(gradient, output);
    }
    INDArray slopes = each(input, function::derivative);
    return Elements.product(slopes, gradient, slopes);
  }

  private INDArray each(INDArray input, ActivationFunction.Formula formula) {
    double[] fixed = settings(parameters, 0);
    if (!isVaried()) {
      return Elements.map(input, x -> formula.at(x, fixed));
    }
    double[] rest = Arrays.copyOfRange(fixed, 1, fixed.length);
    try (INDArray values = spread(input)) {
      return Elements.combine(
          input,
          values,
          (x, first) -> {
            double[] settings = new double[rest.length + 1];
            settings[0] = first;
            System.arraycopy(rest, 0, settings, 1, rest.length);
            return formula.at(x, settings);
          });
    }
  }

  /** How many values its first parameter has, if several. */
  int varied() {
    return isVaried() ? parameters.get(0).size() : 0;
  }

  /** Whether its first parameter has several values. */
  public boolean isVaried() {
    return !parameters.isEmpty() && parameters.get(0).size() > 1;
  }

  /** The first parameter of every entry, {@code [1,...]}. */
  private INDArray spread(INDArray input) {
    List<Double> values = parameters.get(0);
    long[] shape = input.shape().clone();
    shape[0] = 1;
    long entries = input.length() / input.size(0);
    INDArray all = Nd4j.createUninitialized(input.dataType(), shape, 'c');
    for (long i = 0; i < entries; i++) {
      all.data().put(i, values.get(Math.toIntExact(i * values.size() / entries)));
    }
    return all;
  }

  @Override
  public String toString() {
    return parameters.isEmpty()
        ? function.id()
        : function.id()
            + (isVaried()
                ? " with several " + function.parameters().get(0).name()
                : settingsText());
  }

  private String settingsText() {
    return " " + parameters.stream().map(p -> String.valueOf(p.get(0))).toList();
  }
}
