package org.explain4j.models.keras;

import io.jhdf.api.Attribute;
import io.jhdf.api.Group;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Weights as Keras 3 lays them out, in {@code .keras} files and by {@code save_weights}: {@code
 * layers/conv2d_1/vars/0}. The path has the layer's class in snake case and counts the layers of
 * that class, starting over in every model; the layer's name does not matter. Keras 2.12 to 2.14
 * say {@code _layer_checkpoint_dependencies} in place of {@code layers} and count layers with
 * weights twice.
 */
final class NumberedWeights {
  private static final String LAYERS = "layers";
  private static final String OLD_LAYERS = "_layer_checkpoint_dependencies";

  /** What is no weight of a layer: of the optimiser, of metrics. */
  private static final Set<String> OTHERS = Set.of("optimizer", "metrics", "_trackables");

  private final Map<String, StoredArray> left;
  private final String container;
  private final Weights weights = new Weights();

  private NumberedWeights(Map<String, StoredArray> arrays) {
    left =
        arrays.entrySet().stream()
            .filter(e -> !OTHERS.contains(e.getKey().split("/", 2)[0]))
            .filter(e -> !Weights.isState(e.getKey()))
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
    boolean old = left.keySet().stream().anyMatch(path -> path.startsWith(OLD_LAYERS + "/"));
    container = old ? OLD_LAYERS : LAYERS;
  }

  static boolean in(Group root) {
    return root.getChildren().keySet().stream()
        .anyMatch(name -> name.equals(LAYERS) || name.startsWith(OLD_LAYERS));
  }

  static Weights read(Group root, KerasLayer model) {
    NumberedWeights reader = new NumberedWeights(Hdf5.arrays(root));
    reader.give(model, "");
    Weights.requireNothingLeft(new TreeSet<>(reader.left.keySet()));
    return reader.weights;
  }

  private void give(KerasLayer model, String prefix) {
    Map<String, Integer> counts = new HashMap<>();
    for (KerasLayer layer : model.layers()) {
      if (model.isSequential() && layer.type().equals(KerasLayer.INPUT)) {
        continue; // has no place
      }
      boolean weighted = Weights.hasVariables(layer);
      String snake = snakeCase(layer.type());
      int count = counts.getOrDefault(snake, 0);
      counts.put(snake, count + (weighted && container.equals(OLD_LAYERS) ? 2 : 1));
      String place = prefix + container + "/" + snake + (count == 0 ? "" : "_" + count) + "/";
      if (layer.isModel()) {
        give(layer, place);
      } else if (weighted) {
        List<StoredArray> arrays = take(place + "vars/");
        requireName(layer, arrays);
        weights.give(layer, place + "vars", arrays);
      }
    }
  }

  private List<StoredArray> take(String prefix) {
    List<StoredArray> arrays = new ArrayList<>();
    for (int i = 0; left.containsKey(prefix + i); i++) {
      arrays.add(left.remove(prefix + i));
    }
    return arrays;
  }

  /** From Keras 3.6 on the group of a layer's arrays has the layer's name. */
  private static void requireName(KerasLayer layer, List<StoredArray> arrays) {
    for (StoredArray array : arrays) {
      Attribute name = array.dataset().getParent().getAttribute("name");
      if (name != null && !Hdf5.text(name).equals(layer.ownName())) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s: The weights in its place, '%s', belong to '%s'.",
                layer.described(),
                array.path(),
                Hdf5.text(name)));
      }
    }
  }

  /** As Keras makes it: {@code MaxPooling2D} is max_pooling2d, {@code ReLU} re_lu. */
  static String snakeCase(String type) {
    return type.replaceAll("\\W+", "")
        .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }
}
