package org.explain4j.models.keras;

import static org.explain4j.models.keras.LayerCall.require;
import static org.explain4j.network.ActivationFunction.CELU;
import static org.explain4j.network.ActivationFunction.CLIP;
import static org.explain4j.network.ActivationFunction.ELU;
import static org.explain4j.network.ActivationFunction.GELU;
import static org.explain4j.network.ActivationFunction.HARD_SIGMOID;
import static org.explain4j.network.ActivationFunction.HARD_SWISH;
import static org.explain4j.network.ActivationFunction.LEAKY_RELU;
import static org.explain4j.network.ActivationFunction.MISH;
import static org.explain4j.network.ActivationFunction.SELU;
import static org.explain4j.network.ActivationFunction.SIGMOID;
import static org.explain4j.network.ActivationFunction.SILU;
import static org.explain4j.network.ActivationFunction.SOFTPLUS;
import static org.explain4j.network.ActivationFunction.SOFTSIGN;
import static org.explain4j.network.ActivationFunction.TANH;
import static org.explain4j.network.ActivationFunction.THRESHOLDED_RELU;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.explain4j.network.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Activations, as layers of their own and inside others. */
final class ActivationLayers {

  /** What settings make of a layer. */
  @FunctionalInterface
  private interface Parametric {
    List<Activation> of(LayerConfig settings);
  }

  private static final Map<String, Parametric> CLASSES =
      Map.of(
          "ReLU", ActivationLayers::relu,
          "LeakyReLU",
              s -> List.of(Activation.of(LEAKY_RELU, s.number(0.3, "negative_slope", "alpha"))),
          "ELU", s -> List.of(Activation.of(ELU, s.number(1, "alpha"))),
          "ThresholdedReLU", s -> List.of(Activation.of(THRESHOLDED_RELU, s.number(1, "theta"))));

  /** Activations by name, with Keras' defaults. */
  private static final Map<String, Activation> FUNCTIONS =
      Map.ofEntries(
          Map.entry("relu", Activation.RELU),
          Map.entry("leaky_relu", Activation.of(LEAKY_RELU, 0.2)),
          Map.entry("relu6", Activation.of(CLIP, 0, 6)),
          Map.entry("elu", Activation.of(ELU)),
          Map.entry("selu", Activation.of(SELU)),
          Map.entry("celu", Activation.of(CELU)),
          Map.entry("gelu", Activation.of(GELU)),
          Map.entry("sigmoid", Activation.of(SIGMOID)),
          Map.entry("tanh", Activation.of(TANH)),
          Map.entry("hard_tanh", Activation.of(CLIP, -1, 1)),
          Map.entry("softplus", Activation.of(SOFTPLUS)),
          Map.entry("softsign", Activation.of(SOFTSIGN)),
          Map.entry("silu", Activation.of(SILU)),
          Map.entry("swish", Activation.of(SILU)),
          Map.entry("hard_silu", Activation.of(HARD_SWISH)),
          Map.entry("hard_swish", Activation.of(HARD_SWISH)),
          Map.entry("mish", Activation.of(MISH)));

  private ActivationLayers() {}

  static Tensor activation(LayerCall call) {
    JsonNode activation = call.settings().get("activation");
    require(!activation.isMissingNode(), "It does not state its activation.");
    return apply(call, activation, call.input(), call.name());
  }

  /**
   * @param activation the setting: a name, or a class with settings of its own
   * @param name of the node
   */
  static Tensor apply(LayerCall call, JsonNode activation, Tensor input, String name) {
    if (activation.isObject() && CLASSES.containsKey(activation.path("class_name").asText())) {
      LayerConfig own = new LayerConfig(activation.path("config"));
      return add(call, CLASSES.get(activation.path("class_name").asText()).of(own), input, name);
    }
    if (activation.isObject() && activation.path("class_name").asText().equals("Softmax")) {
      LayerConfig own = new LayerConfig(activation.path("config"));
      return softmax(call, own.integers("axis"), input);
    }
    String function = LayerConfig.text(activation, "linear");
    return switch (function) {
      case "linear" -> input;
      case "softmax" -> softmax(call, List.of(), input);
      case "hard_sigmoid" -> add(call, List.of(hardSigmoid(call)), input, name);
      default -> {
        require(
            FUNCTIONS.containsKey(function),
            "The activation %s is not supported; linear, %s and, at the end, softmax are.",
            function,
            String.join(", ", new TreeMap<>(FUNCTIONS).keySet()));
        yield add(call, List.of(FUNCTIONS.get(function)), input, name);
      }
    };
  }

  /** Keras 3 has another slope than its predecessors. */
  private static Activation hardSigmoid(LayerCall call) {
    boolean third = call.settings().get("dtype").path("class_name").asText().equals("DTypePolicy");
    call.assembly()
        .note(
            String.format(
                Locale.ROOT,
                "The hard sigmoid of '%s' has the slope of Keras %s.",
                call.name(),
                third ? "3, 1/6" : "2, 0.2"));
    return Activation.of(HARD_SIGMOID, third ? 1.0 / 6 : 0.2);
  }

  /** A layer that is an activation with settings. */
  static Tensor parametric(LayerCall call, String type) {
    return add(call, CLASSES.get(type).of(call.settings()), call.input(), call.name());
  }

  /** A slope for each entry, or one for those that share axes. */
  static Tensor prelu(LayerCall call) {
    List<Long> shape = call.shape();
    long[] stored = longs(shape);
    for (int shared : call.settings().integers("shared_axes")) {
      stored[MergeLayers.axis(shared, call.input(), call)] = 1;
    }
    INDArray slopes = call.weight(Variable.ALPHA, stored);
    Tensor input = call.input();
    INDArray all = Nd4j.zeros(DataType.FLOAT, longs(shape)).add(slopes);
    int[] order = input.order().stream().filter(a -> a != Tensor.NONE).mapToInt(a -> a).toArray();
    INDArray own = all.permute(order).dup('c').reshape('c', 1, all.length());
    return call.add(Activation.prelu(own.castTo(DataType.DOUBLE).toDoubleVector()), input);
  }

  private static long[] longs(List<Long> shape) {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }

  private static Tensor add(LayerCall call, List<Activation> steps, Tensor input, String name) {
    String node = input.plain();
    for (int i = 0; i < steps.size(); i++) {
      boolean last = i == steps.size() - 1;
      node = call.assembly().add(last ? name : name + ".part" + i, steps.get(i), node);
    }
    return Tensor.of(node, input.order());
  }

  /** What a rectifier's settings make of it, one after the other. */
  private static List<Activation> relu(LayerConfig settings) {
    double slope = settings.number(0, "negative_slope", "alpha");
    double threshold = settings.number(0, "threshold");
    double most = settings.number(Double.POSITIVE_INFINITY, "max_value");
    require(
        slope == 0 || threshold == 0,
        "A ReLU with both a negative_slope (%s) and a threshold (%s) is not supported.",
        slope,
        threshold);
    if (slope == 0 && threshold == 0) {
      return List.of(
          most == Double.POSITIVE_INFINITY ? Activation.RELU : Activation.of(CLIP, 0, most));
    }
    List<Activation> steps = new ArrayList<>();
    steps.add(
        slope == 0 ? Activation.of(THRESHOLDED_RELU, threshold) : Activation.of(LEAKY_RELU, slope));
    if (most != Double.POSITIVE_INFINITY) {
      steps.add(Activation.of(CLIP, Double.NEGATIVE_INFINITY, most));
    }
    return steps;
  }

  static Tensor softmax(LayerCall call) {
    return softmax(call, call.settings().integers("axis"), call.input());
  }

  /**
   * @param axes Keras' with the batch; empty for the last one
   */
  private static Tensor softmax(LayerCall call, List<Integer> axes, Tensor input) {
    input.plain();
    int rank = input.rank();
    List<Integer> over =
        axes.isEmpty()
            ? List.of(rank - 1)
            : axes.stream().map(axis -> axis < 0 ? axis + rank : axis - 1).toList();
    require(
        over.containsAll(input.extended(call.assembly())),
        "A soft-max over the axes %s of %s is not a classification; only one over all entries is"
            + " supported.",
        axes,
        input.described(call.assembly()));
    call.assembly()
        .note(
            String.format(
                Locale.ROOT, "The soft-max of '%s' at the end was removed.", call.name()));
    return new Tensor(input.node(), input.order(), true);
  }

  /** Layers that do nothing when a network predicts: dropout, noise, augmentation. */
  static Tensor removed(LayerCall call) {
    require(!call.training(), "It is called with training=True, so its predictions are random.");
    call.assembly()
        .note(
            String.format(
                Locale.ROOT, "'%s' does nothing in a prediction and was removed.", call.name()));
    return call.input();
  }
}
