package org.explain4j.models.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What layers of a functional model read: Keras 1 and 2 write {@code [name, node, tensor]}, Keras 3
 * whole arguments with such triples inside.
 */
final class Links {
  private Links() {}

  /**
   * An output of a call of a layer.
   *
   * @param call which of the layer's calls, as the file counts them
   * @param output which of its outputs
   */
  record Link(String layer, int call, int output) {}

  /**
   * A call of a layer.
   *
   * @param training whether it asks for the behaviour of training
   */
  record Reading(List<Link> links, boolean training) {}

  /** The calls of a layer; none for an input. */
  static List<Reading> readings(KerasLayer layer) {
    List<Reading> readings = new ArrayList<>();
    for (JsonNode node : layer.json().path("inbound_nodes")) {
      List<Link> links = new ArrayList<>();
      if (node.isObject()) { // Keras 3
        collect(node.path("args"), links);
        collect(node.path("kwargs"), links);
        readings.add(new Reading(links, node.path("kwargs").path("training").asBoolean()));
      } else {
        boolean training = false;
        for (JsonNode triple : isTriple(node) ? List.of(node) : node) {
          links.add(link(triple));
          training |= triple.path(3).path("training").asBoolean();
        }
        readings.add(new Reading(links, training));
      }
      if (links.isEmpty()) {
        throw new IllegalArgumentException(layer.described() + ": It reads nothing.");
      }
    }
    return readings;
  }

  /** Tensors in arguments, which may be lists, at any depth. */
  private static void collect(JsonNode value, List<Link> links) {
    if (value.path("class_name").asText().equals("__keras_tensor__")) {
      links.add(link(value.path("config").path("keras_history")));
    } else {
      value.forEach(inner -> collect(inner, links));
    }
  }

  /** Of a model's {@code input_layers} or {@code output_layers}: one, a list or a dictionary. */
  static List<Link> ends(KerasLayer model, String name) {
    JsonNode value = model.json().path("config").path(name);
    List<Link> links = new ArrayList<>();
    if (isTriple(value)) {
      links.add(link(value));
    } else {
      value.forEach(
          inner -> {
            if (isTriple(inner)) {
              links.add(link(inner));
            } else {
              inner.forEach(each -> links.add(link(each)));
            }
          });
    }
    if (links.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "model '%s' (%s): It has no %s.", model.name(), model.type(), name));
    }
    return links;
  }

  private static boolean isTriple(JsonNode value) {
    return value.isArray()
        && value.size() >= 3
        && value.get(0).isTextual()
        && value.get(1).isIntegralNumber()
        && value.get(2).isIntegralNumber();
  }

  private static Link link(JsonNode triple) {
    if (!isTriple(triple)) {
      String text = triple.toString();
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "What a layer reads must be [name, node, tensor], not %s.",
              text.substring(0, Math.min(80, text.length()))));
    }
    return new Link(triple.get(0).asText(), triple.get(1).asInt(), triple.get(2).asInt());
  }
}
