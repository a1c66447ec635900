package org.explain4j.models.keras;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Keras model before it is written.
 *
 * @param sequential whether it is described as a chain
 * @param input name of the input layer
 * @param entries the other layers, in order
 * @param output name of the layer that gives the result
 */
record KerasNet(
    String name,
    boolean sequential,
    String input,
    int[] inputShape,
    List<Entry> entries,
    String output) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /**
   * A layer.
   *
   * @param weights in Keras' order
   * @param weightNames as many
   * @param inputs names of layers
   * @param nested the model that it is, or null
   */
  record Entry(
      String type,
      String name,
      ObjectNode config,
      List<SlowArray> weights,
      List<String> weightNames,
      List<String> inputs,
      KerasNet nested) {

    /** Whether it is, or has, batch statistics: not trained, so last in a group. */
    private Stream<Weight> weights(boolean trained) {
      if (nested != null) {
        return nested.entries().stream().flatMap(entry -> entry.weights(trained));
      }
      List<Weight> all = new ArrayList<>();
      for (int i = 0; i < weights.size(); i++) {
        all.add(new Weight(name + "/" + weightNames.get(i) + ":0", weights.get(i)));
      }
      return all.stream()
          .filter(w -> trained != w.name().matches(".*(moving_|/mean|/var|/count).*"));
    }

    /** All weights, those of training first. */
    List<Weight> ordered() {
      return Stream.concat(weights(true), weights(false)).toList();
    }
  }

  record Weight(String name, SlowArray array) {}

  /**
   * Keras' {@code to_json}.
   *
   * @param version 2 or 3: they write what layers read, and the input's shape, differently
   */
  ObjectNode json(int version) {
    ObjectNode config = JSON.objectNode().put("name", name);
    ArrayNode layers = config.putArray("layers");
    ObjectNode in = entry("InputLayer", input, JSON.objectNode(), version);
    ArrayNode shape =
        ((ObjectNode) in.get("config"))
            .putArray(version == 3 ? "batch_shape" : "batch_input_shape");
    shape.addNull();
    for (int size : inputShape) {
      shape.add(size);
    }
    if (!sequential) {
      in.put("name", input).putArray("inbound_nodes");
    }
    layers.add(in);
    for (Entry entry : entries) {
      ObjectNode layer =
          entry.nested() == null
              ? entry(entry.type(), entry.name(), entry.config(), version)
              : entry.nested().json(version);
      if (!sequential) {
        layer.put("name", entry.name());
        layer.set("inbound_nodes", inbound(entry, version));
      }
      layers.add(layer);
    }
    if (!sequential) {
      config.putArray("input_layers").add(triple(input, 0));
      int call = entries.get(entries.size() - 1).nested() == null ? 0 : 1;
      config.putArray("output_layers").add(triple(output, call));
    }
    ObjectNode all = JSON.objectNode().put("class_name", sequential ? "Sequential" : "Functional");
    if (version == 3) {
      all.put("module", "keras").putNull("registered_name");
    }
    all.set("config", config);
    return all;
  }

  private static ObjectNode entry(String type, String name, ObjectNode config, int version) {
    ObjectNode layer = JSON.objectNode().put("class_name", type);
    if (version == 3) {
      layer.put("module", "keras.layers").putNull("registered_name");
    }
    ObjectNode own = JSON.objectNode().put("name", name).put("trainable", true);
    if (version == 3) {
      own.putObject("dtype").put("module", "keras").put("class_name", "DTypePolicy");
    } else {
      own.put("dtype", "float32");
    }
    own.setAll(config);
    layer.set("config", own);
    return layer;
  }

  private ArrayNode inbound(Entry entry, int version) {
    ArrayNode calls = JSON.arrayNode();
    if (version == 3) {
      ObjectNode call = calls.addObject();
      ArrayNode args = call.putArray("args");
      ArrayNode tensors = entry.inputs().size() > 1 ? args.addArray() : args;
      entry.inputs().forEach(name -> tensors.add(tensor(name)));
      call.putObject("kwargs").putNull("mask");
    } else {
      ArrayNode tensors = calls.addArray();
      entry.inputs().forEach(name -> tensors.add(triple(name, call(name)).add(JSON.objectNode())));
    }
    return calls;
  }

  private ObjectNode tensor(String name) {
    ObjectNode tensor = JSON.objectNode().put("class_name", "__keras_tensor__");
    tensor.putObject("config").set("keras_history", triple(name, call(name)));
    return tensor;
  }

  /** A nested model's call number 0 is its own. */
  private int call(String name) {
    return entries.stream().anyMatch(e -> e.name().equals(name) && e.nested() != null) ? 1 : 0;
  }

  private static ArrayNode triple(String name, int call) {
    return JSON.arrayNode().add(name).add(call).add(0);
  }
}
