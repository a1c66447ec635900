package org.explain4j.models.keras;

import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.exceptions.HdfException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Weights as {@code model.save} and {@code save_weights} put them into .h5 files: a group for each
 * layer of the outer model, with the names of its arrays in order; those of a nested model lie
 * together in the group of that model.
 */
final class NamedWeights {
  private static final String LAYERS = "layer_names";
  private static final String ARRAYS = "weight_names";

  private NamedWeights() {}

  static boolean in(Group root) {
    return root.getAttribute(LAYERS) != null || root.getAttribute(LAYERS + "0") != null;
  }

  /**
   * @param root the group of all layers
   * @param model the outer model
   */
  static Weights read(Group root, KerasLayer model) {
    Map<String, List<StoredArray>> groups = new LinkedHashMap<>();
    for (String name : Hdf5.texts(root, LAYERS)) {
      List<StoredArray> arrays = arrays(root, name);
      if (!arrays.isEmpty()) {
        groups.put(name, arrays);
      }
    }
    List<KerasLayer> layers = model.layers().stream().filter(Weights::hasVariables).toList();
    Weights weights = new Weights();
    // By order where the names differ, as Keras does it: they count up in every session.
    boolean named = layers.stream().allMatch(layer -> groups.containsKey(layer.ownName()));
    boolean byOrder = !named && layers.size() == groups.size();
    List<String> order = new ArrayList<>(groups.keySet());
    Set<String> left = new LinkedHashSet<>(order);
    for (int i = 0; i < layers.size(); i++) {
      String name = byOrder ? order.get(i) : layers.get(i).ownName();
      weights.give(layers.get(i), name, groups.getOrDefault(name, List.of()));
      left.remove(name);
    }
    Weights.requireNothingLeft(left);
    return weights;
  }

  private static List<StoredArray> arrays(Group root, String layer) {
    Node node = byPath(root, layer);
    if (!(node instanceof Group group)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "layer '%s': The file names it, but its group is missing or damaged.",
              layer));
    }
    List<StoredArray> arrays = new ArrayList<>();
    for (String name : Hdf5.texts(group, ARRAYS)) {
      if (Weights.isState(name)) {
        continue;
      }
      if (!(byPath(group, name) instanceof Dataset dataset)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "layer '%s': The file names its array '%s', but that is missing or damaged.",
                layer,
                name));
      }
      arrays.add(new StoredArray(name, dataset));
    }
    return arrays;
  }

  /** Names may have slashes in them, which make groups. */
  private static Node byPath(Group group, String path) {
    try {
      return group.getByPath(path);
    } catch (HdfException e) {
      return null; // as jHDF says that there is nothing, or something damaged
    }
  }
}
