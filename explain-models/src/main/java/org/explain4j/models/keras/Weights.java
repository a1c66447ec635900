package org.explain4j.models.keras;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Assigns the arrays of a file to layers: each layer gets all of its variables, and no array is
 * left over.
 */
final class Weights {
  private final Map<KerasLayer, List<StoredArray>> byLayer = new HashMap<>();

  /** The arrays of a layer, in the order of its variables. */
  List<StoredArray> of(KerasLayer layer) {
    return byLayer.getOrDefault(layer, List.of());
  }

  static List<Variable> variables(KerasLayer layer) {
    return LayerTypes.of(layer).variables().apply(layer.settings());
  }

  /** Whether an array is the state of a random generator, which does not affect predictions. */
  static boolean isState(String path) {
    return path.contains("StateVar") || path.contains("seed_generator");
  }

  /** Whether a layer, or one in it, has variables. */
  static boolean hasVariables(KerasLayer layer) {
    return layer.leaves().anyMatch(leaf -> !variables(leaf).isEmpty());
  }

  /** A variable of a layer inside a layer that has a place of its own in the file. */
  private record Slot(KerasLayer layer, Variable variable) {}

  /**
   * Gives a layer, or a nested model's layers, the arrays that the file has for it.
   *
   * @param place where the file has them, as errors call it
   * @param arrays in the file's order: what training changes comes first, then the rest
   * @throws IllegalArgumentException if there are more or fewer than it has variables, or they have
   *     names of others
   */
  void give(KerasLayer layer, String place, List<StoredArray> arrays) {
    List<Slot> slots = slots(layer);
    if (slots.size() != arrays.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: It has %d arrays of weights %s, but the file has %d %s at '%s'.",
              layer.described(),
              slots.size(),
              slots.stream().map(slot -> slot.variable().name()).toList(),
              arrays.size(),
              arrays.stream().map(StoredArray::path).toList(),
              place));
    }
    Map<Slot, StoredArray> given = new HashMap<>();
    for (int i = 0; i < arrays.size(); i++) {
      Slot slot = slots.get(i);
      if (!slot.variable().mayBe(arrays.get(i).path())) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s: In place of its %s the file has '%s'.",
                slot.layer().described(),
                slot.variable().name(),
                arrays.get(i).path()));
      }
      given.put(slot, arrays.get(i));
    }
    layer
        .leaves()
        .forEach(
            leaf ->
                byLayer.put(
                    leaf,
                    variables(leaf).stream().map(v -> given.get(new Slot(leaf, v))).toList()));
  }

  /**
   * Keras' {@code trainable_weights + non_trainable_weights}: of a layer that is frozen everything
   * is not trainable.
   */
  private static List<Slot> slots(KerasLayer layer) {
    List<Slot> slots = slots(layer, true);
    slots.addAll(slots(layer, false));
    return slots;
  }

  private static List<Slot> slots(KerasLayer layer, boolean trained) {
    List<Slot> slots = new ArrayList<>();
    if (layer.isTrainable()) {
      of(layer, trained, slots);
    } else if (!trained) {
      of(layer, true, slots);
      of(layer, false, slots);
    }
    return slots;
  }

  private static void of(KerasLayer layer, boolean trained, List<Slot> slots) {
    layer.layers().forEach(inner -> slots.addAll(slots(inner, trained)));
    if (!layer.isModel()) {
      variables(layer).stream()
          .filter(variable -> variable.trained() == trained)
          .forEach(variable -> slots.add(new Slot(layer, variable)));
    }
  }

  /**
   * @throws IllegalArgumentException if arrays of the file were given to no layer
   */
  static void requireNothingLeft(Set<String> paths) {
    if (!paths.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The file has weights that belong to no layer: %s%s.",
              paths.stream().limit(5).toList(),
              paths.size() > 5
                  ? String.format(Locale.ROOT, " and %d more", paths.size() - 5)
                  : ""));
    }
  }
}
