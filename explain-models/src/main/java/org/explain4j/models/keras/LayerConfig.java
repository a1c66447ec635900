package org.explain4j.models.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The {@code config} of a Keras layer. A setting is asked for under its names of Keras 2 and 3 and,
 * after them, of Keras 1; what is there but cannot be understood is an {@link
 * IllegalArgumentException} that has the setting's name and value.
 */
record LayerConfig(JsonNode config) {

  /** The first of these settings that is given and not null. */
  JsonNode get(String... names) {
    for (String name : names) {
      JsonNode value = config.path(name);
      if (!value.isMissingNode() && !value.isNull()) {
        return value;
      }
    }
    return MissingNode.getInstance();
  }

  boolean has(String... names) {
    return !get(names).isMissingNode();
  }

  boolean flag(boolean otherwise, String... names) {
    JsonNode value = get(names);
    require(value.isMissingNode() || value.isBoolean(), value, "true or false", names);
    return value.asBoolean(otherwise);
  }

  /** A required number of at least 1. */
  int count(String... names) {
    require(has(names), get(names), "a number", names);
    return count(1, names);
  }

  /** A number of at least 1. */
  int count(int otherwise, String... names) {
    JsonNode value = get(names);
    return value.isMissingNode() ? otherwise : whole(value, 1, names);
  }

  /** One or two numbers of at least 1, for height and width. */
  int[] pair(int[] otherwise, String... names) {
    JsonNode value = get(names);
    if (value.isMissingNode()) {
      return otherwise;
    }
    require(!value.isArray() || value.size() == 2, value, "one number or two", names);
    return new int[] {
      whole(value.isArray() ? value.get(0) : value, 1, names),
      whole(value.isArray() ? value.get(1) : value, 1, names)
    };
  }

  /** Pixels at top, bottom, left and right, as padding and cropping have them. */
  int[] edges(String name) {
    JsonNode value = get(name);
    int[] edges = new int[4];
    for (int i = 0; i < edges.length; i++) {
      JsonNode edge = value;
      if (value.isArray() && value.size() == 4) { // Keras 1
        edge = value.get(i);
      } else if (value.isArray()) {
        require(value.size() == 2, value, "a number, or numbers for height and width", name);
        JsonNode axis = value.get(i / 2);
        require(!axis.isArray() || axis.size() == 2, value, "two numbers for each axis", name);
        edge = axis.isArray() ? axis.get(i % 2) : axis;
      }
      edges[i] = whole(edge, 0, name);
    }
    return edges;
  }

  double number(double otherwise, String... names) {
    JsonNode value = get(names);
    require(value.isMissingNode() || value.isNumber(), value, "a number", names);
    return value.asDouble(otherwise);
  }

  /** All numbers of a scalar or of lists of any depth, in order. */
  List<Double> numbers(String... names) {
    List<Double> numbers = new ArrayList<>();
    collect(get(names), numbers, names);
    return numbers;
  }

  private static void collect(JsonNode value, List<Double> numbers, String... names) {
    if (value.isArray()) {
      value.forEach(each -> collect(each, numbers, names));
    } else if (!value.isMissingNode()) {
      require(value.isNumber(), value, "numbers", names);
      numbers.add(value.asDouble());
    }
  }

  /** Whole numbers of any sign; one number is a list of one. */
  List<Integer> integers(String... names) {
    JsonNode value = get(names);
    List<Integer> integers = new ArrayList<>();
    for (JsonNode each : value.isArray() ? value : List.of(value)) {
      if (!each.isMissingNode()) {
        integers.add(whole(each, Integer.MIN_VALUE, names));
      }
    }
    return integers;
  }

  /** A text, or the name of the class or function that stands in its place. */
  String text(String otherwise, String... names) {
    JsonNode value = get(names);
    boolean known = value.isMissingNode() || value.isTextual() || value.isObject();
    require(known, value, "a text", names);
    return text(value, otherwise);
  }

  static String text(JsonNode value, String otherwise) {
    if (value.isObject()) {
      JsonNode function = value.path("config");
      return function.isTextual() ? function.asText() : value.path("class_name").asText();
    }
    return value.asText(otherwise);
  }

  /** Whether images are {@code [h,w,c]}, as they are by default. */
  boolean channelsLast() {
    String format = text("channels_last", "data_format", "dim_ordering");
    return switch (format) {
      case "channels_last", "tf", "default" -> true;
      case "channels_first", "th" -> false;
      default ->
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "The data_format '%s' is neither channels_last nor channels_first.",
                  format));
    };
  }

  boolean statesFormat() {
    return has("data_format", "dim_ordering");
  }

  private static int whole(JsonNode value, int least, String... names) {
    boolean fits = value.isIntegralNumber() || (value.isDouble() && value.asDouble() % 1 == 0);
    require(fits && value.asDouble() == value.asInt(), value, "a whole number", names);
    require(value.asInt() >= least, value, "at least " + least, names);
    return value.asInt();
  }

  private static void require(boolean fits, JsonNode value, String what, String... names) {
    if (!fits) {
      String text = value.isMissingNode() ? "missing" : value.toString();
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Its setting %s is %s, not %s.",
              names[0],
              text.length() > 80 ? text.substring(0, 80) + "..." : text,
              what));
    }
  }
}
