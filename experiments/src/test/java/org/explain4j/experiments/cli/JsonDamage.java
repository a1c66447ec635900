package org.explain4j.experiments.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** One value of a JSON text is replaced by one that is of another type, huge or deep. */
final class JsonDamage {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DEEP = 3000;
  private static final String PLACE = "\"here goes the value\"";

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1.5",
          "1e308",
          "2147483647",
          "4294967296",
          "9223372036854775807",
          "1" + "0".repeat(400),
          "\"\"",
          "\"x\"",
          "\"../../x\"",
          "[]",
          "{}",
          "[".repeat(DEEP) + "]".repeat(DEEP),
          "{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP));

  private JsonDamage() {}

  /** A place in the tree whose value can be set. */
  private interface Place {
    void set(JsonNode value);
  }

  static byte[] of(byte[] good, SplittableRandom random) throws IOException {
    JsonNode tree = JSON.readTree(good);
    List<Place> places = new ArrayList<>();
    collect(tree, places);
    if (places.isEmpty()) {
      return good;
    }
    places.get(random.nextInt(places.size())).set(JSON.readTree(PLACE));
    String value = VALUES.get(random.nextInt(VALUES.size()));
    return JSON.writeValueAsString(tree).replace(PLACE, value).getBytes(StandardCharsets.UTF_8);
  }

  private static void collect(JsonNode node, List<Place> places) {
    if (node instanceof ObjectNode object) {
      object
          .fieldNames()
          .forEachRemaining(
              name -> {
                places.add(value -> object.set(name, value));
                collect(object.get(name), places);
              });
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        int index = i;
        places.add(value -> array.set(index, value));
        collect(array.get(i), places);
      }
    }
  }
}
