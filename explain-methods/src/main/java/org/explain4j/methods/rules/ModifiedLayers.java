package org.explain4j.methods.rules;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.arrays.Buffers;

/**
 * A linear layer and its copies with weights that a rule has changed. Each copy is made once, when
 * it is first asked for, and freed at the end: copies of a wide layer's weights must not stay in
 * memory.
 */
final class ModifiedLayers implements AutoCloseable {
  private final LinearLayer layer;
  private final Map<String, LinearLayer> made = new ConcurrentHashMap<>();

  ModifiedLayers(LinearLayer layer) {
    this.layer = layer;
  }

  /** The layer itself. */
  LinearLayer layer() {
    return layer;
  }

  /** The modified layer of this name, whose weights are its own. */
  LinearLayer get(String name, Function<LinearLayer, LinearLayer> modification) {
    return made.computeIfAbsent(name, n -> modification.apply(layer));
  }

  @Override
  public void close() {
    made.values().stream()
        .map(LinearLayer::weights)
        .filter(weights -> !Buffers.shared(weights, layer.weights()))
        .forEach(Buffers::release);
  }
}
