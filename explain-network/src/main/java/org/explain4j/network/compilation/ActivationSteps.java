package org.explain4j.network.compilation;

import static org.explain4j.network.onednn.Primitive.Argument.DESTINATION;
import static org.explain4j.network.onednn.Primitive.Argument.DESTINATION_GRADIENT;
import static org.explain4j.network.onednn.Primitive.Argument.SOURCE;
import static org.explain4j.network.onednn.Primitive.Argument.SOURCE_GRADIENT;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.explain4j.network.Activation;
import org.explain4j.network.ActivationFunction;
import org.explain4j.network.Node;
import org.explain4j.network.kernels.ElementSteps;
import org.explain4j.network.onednn.ElementPrimitives;
import org.explain4j.network.onednn.ElementPrimitives.Function;
import org.explain4j.network.onednn.Layout;
import org.explain4j.network.onednn.Program;

/** Activations other than the rectifier, and their gradients, as steps of a program. */
final class ActivationSteps {
  /** Those that oneDNN defines as we do, at kinks too, with the parameters in the same order. */
  private static final Map<ActivationFunction, Function> NATIVE =
      Map.of(
          ActivationFunction.LEAKY_RELU, Function.LEAKY_RELU,
          ActivationFunction.ELU, Function.ELU,
          ActivationFunction.GELU, Function.GELU,
          ActivationFunction.GELU_TANH, Function.GELU_TANH,
          ActivationFunction.SIGMOID, Function.SIGMOID,
          ActivationFunction.TANH, Function.TANH,
          ActivationFunction.SILU, Function.SILU,
          ActivationFunction.MISH, Function.MISH,
          ActivationFunction.CLIP, Function.CLIP);

  /**
   * Of these the values, too: oneDNN's exponentials cost digits that a deep network multiplies
   * (EfficientNet's logits were 6 times as far from float64 as with Java's).
   */
  private static final Set<ActivationFunction> EXACT =
      EnumSet.of(
          ActivationFunction.LEAKY_RELU,
          ActivationFunction.CLIP,
          ActivationFunction.GELU,
          ActivationFunction.TANH);

  private final Compilation compilation;
  private final Program program;
  private final Activation activation;
  private final double[] settings;
  private final Function function; // null if oneDNN has none

  /**
   * @param activation whose parameters are the same for all numbers
   */
  ActivationSteps(Compilation compilation, Activation activation) {
    this.compilation = compilation;
    program = compilation.program();
    this.activation = activation;
    settings = activation.parameters().stream().mapToDouble(values -> values.get(0)).toArray();
    function = NATIVE.get(activation.function());
  }

  private double setting(int i) {
    return i < settings.length ? settings[i] : 0;
  }

  int forward(int source) {
    if (EXACT.contains(activation.function())) {
      Layout layout = program.layout(source);
      int destination = program.array(layout);
      program.step(
          ElementPrimitives.function(function, layout, setting(0), setting(1)),
          SOURCE,
          source,
          DESTINATION,
          destination);
      return destination;
    }
    // What a layout fills up must stay 0.
    boolean keepsZero = activation.function().value(0, settings) == 0;
    int read = compilation.owned(keepsZero ? source : compilation.plain(source));
    int destination = program.array(program.layout(read));
    program.step(
        ElementSteps.map(x -> activation.function().value(x, settings)), read, destination);
    return destination;
  }

  int backward(Node node, int message) {
    int source = compilation.value(node.inputs().get(0));
    Layout layout = program.layout(source);
    int arrived = program.reordered(message, layout);
    int passed = program.array(layout);
    if (function == null) {
      program.step(
          ElementSteps.combined(
              (x, g) -> (float) activation.function().derivative(x, settings) * g),
          compilation.owned(source),
          compilation.owned(arrived),
          passed);
      return passed;
    }
    program.step(
        ElementPrimitives.derivative(function, layout, setting(0), setting(1)),
        SOURCE,
        source,
        DESTINATION_GRADIENT,
        arrived,
        SOURCE_GRADIENT,
        passed);
    return passed;
  }
}
