package org.explain4j.models.keras;

import static org.explain4j.models.keras.LayerCall.require;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.explain4j.network.Activation;

/** Activations, as layers of their own and inside others. */
final class ActivationLayers {
  private static final List<String> CLASSES = List.of("ReLU", "Softmax");

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
    if (activation.isObject() && CLASSES.contains(activation.path("class_name").asText())) {
      LayerConfig own = new LayerConfig(activation.path("config"));
      return activation.path("class_name").asText().equals("ReLU")
          ? relu(call, own, input, name)
          : softmax(call, own.integers("axis"), input);
    }
    String function = LayerConfig.text(activation, "linear");
    return switch (function) {
      case "linear" -> input;
      case "relu" -> relu(call, new LayerConfig(activation), input, name);
      case "softmax" -> softmax(call, List.of(), input);
      default ->
          throw new IllegalArgumentException(
              "The activation %s is not supported; relu, linear and, at the end, softmax are."
                  .formatted(function));
    };
  }

  static Tensor relu(LayerCall call) {
    return relu(call, call.settings(), call.input(), call.name());
  }

  private static Tensor relu(LayerCall call, LayerConfig settings, Tensor input, String name) {
    require(
        !settings.has("max_value")
            && settings.number(0, "negative_slope") == 0
            && settings.number(0, "threshold") == 0,
        "Only ReLU without max_value, negative_slope and threshold is supported, not %s.",
        settings.config());
    return Tensor.of(call.assembly().add(name, Activation.RELU, input.plain()), input.order());
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
    call.assembly().note("The soft-max of '%s' at the end was removed.".formatted(call.name()));
    return new Tensor(input.node(), input.order(), true);
  }

  /** Layers that do nothing when a network predicts: dropout, noise, augmentation. */
  static Tensor removed(LayerCall call) {
    require(!call.training(), "It is called with training=True, so its predictions are random.");
    call.assembly()
        .note("'%s' does nothing in a prediction and was removed.".formatted(call.name()));
    return call.input();
  }
}
