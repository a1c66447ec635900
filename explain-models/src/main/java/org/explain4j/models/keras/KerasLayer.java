package org.explain4j.models.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A layer of Keras' description, or a model, which is a layer of layers.
 *
 * @param name as the user or Keras gave it; of a layer in a nested model, behind that model's
 * @param type Keras' name of the class
 * @param json the whole entry: class, settings, and in a functional model what it reads
 * @param layers of a model, in order; empty for others
 */
record KerasLayer(String name, String type, JsonNode json, List<KerasLayer> layers) {
  static final String INPUT = "InputLayer";
  private static final Set<String> MODELS = Set.of("Sequential", "Functional", "Model");

  /**
   * @throws IllegalArgumentException if it does not describe a model
   */
  static KerasLayer model(JsonNode json) {
    KerasLayer model = of(json, "", true);
    if (!model.isModel()) {
      throw new IllegalArgumentException(
          model.described() + ": Not supported; Sequential and functional models are.");
    }
    return model;
  }

  private static KerasLayer of(JsonNode json, String folder, boolean outermost) {
    String type = json.path("class_name").asText();
    if (type.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "An entry of the layers%s has no class_name.",
              folder.isEmpty() ? "" : " of '" + folder + "'"));
    }
    String name = folder + ownName(json);
    List<KerasLayer> layers = new ArrayList<>();
    if (MODELS.contains(type)) {
      JsonNode config = json.path("config"); // in Keras 1 the list itself
      for (JsonNode layer : config.isArray() ? config : config.path("layers")) {
        layers.add(of(layer, outermost ? "" : name + "/", false));
      }
    }
    return new KerasLayer(name, type, json, List.copyOf(layers));
  }

  private static String ownName(JsonNode json) {
    String given = json.path("name").asText(json.path("config").path("name").asText());
    return given.isEmpty() ? json.path("class_name").asText() : given;
  }

  boolean isModel() {
    return MODELS.contains(type);
  }

  boolean isSequential() {
    return type.equals("Sequential");
  }

  LayerConfig settings() {
    return new LayerConfig(json.path("config"));
  }

  /** Its name in the model that has it. */
  String ownName() {
    return ownName(json);
  }

  /** As errors call it. */
  String described() {
    return String.format(Locale.ROOT, "layer '%s' (%s)", name, type);
  }

  /** The layers that are not models, at any depth, in order. */
  Stream<KerasLayer> leaves() {
    return isModel() ? layers.stream().flatMap(KerasLayer::leaves) : Stream.of(this);
  }

  boolean isTrainable() {
    return json.path("config").path("trainable").asBoolean(true);
  }
}
