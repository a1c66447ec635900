package org.explain4j.models.keras;

import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the readers of Keras' weights ask of an HDF5 file. */
final class Hdf5 {
  private static final int MOST = 100_000;
  private static final int LONGEST_PATH = 2000;

  private Hdf5() {}

  /** A text, alone or as the only one of an array. */
  static String text(Attribute attribute) {
    List<String> texts = texts(attribute);
    return texts.isEmpty() ? "" : texts.get(0);
  }

  static List<String> texts(Attribute attribute) {
    Object data = attribute.isEmpty() ? new Object[0] : attribute.getData();
    List<String> texts = new ArrayList<>();
    if (data instanceof String text) {
      texts.add(text.replace("\0", ""));
    } else if (data instanceof Object[] array) {
      for (Object each : array) {
        texts.add(String.valueOf(each).replace("\0", ""));
      }
    }
    return texts;
  }

  /** The texts of an attribute; Keras numbers its parts where all together are too long. */
  static List<String> texts(Group group, String name) {
    Attribute whole = group.getAttribute(name);
    if (whole != null) {
      return texts(whole);
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; group.getAttribute(name + i) != null; i++) {
      texts.addAll(texts(group.getAttribute(name + i)));
    }
    return texts;
  }

  /** Every array below a group, by its path from there. */
  static Map<String, StoredArray> arrays(Group root) {
    Map<String, StoredArray> arrays = new TreeMap<>();
    Deque<Map.Entry<String, Group>> open = new ArrayDeque<>(List.of(Map.entry("", root)));
    for (int seen = 0; !open.isEmpty(); ) {
      Map.Entry<String, Group> group = open.pop();
      for (Map.Entry<String, Node> child : group.getValue().getChildren().entrySet()) {
        // Keras 2.12 and 2.13 wrote folders on Windows with a backslash.
        String path = group.getKey() + child.getKey().replace('\\', '/');
        if (seen++ > MOST || path.length() > LONGEST_PATH) { // links can lead in circles
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "It has more than %d groups and arrays, or nests them too deeply.",
                  MOST));
        }
        if (child.getValue() instanceof Dataset dataset) {
          arrays.put(path, new StoredArray(path, dataset));
        } else if (child.getValue() instanceof Group inner) {
          open.push(Map.entry(path + "/", inner));
        }
      }
    }
    return arrays;
  }
}
