package org.explain4j.network.propagation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.explain4j.network.Layer;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.arrays.Buffers;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer, its copies with weights that a rule has changed, and the rule's constants. Each is made
 * once, when it is first asked for, and freed at the end: copies of a wide layer's weights must not
 * stay in memory.
 */
final class ChangedLayers implements AutoCloseable {
  private final String name;
  private final Layer layer;
  private final Map<String, LinearLayer> layers = new ConcurrentHashMap<>();
  private final Map<String, INDArray> constants = new ConcurrentHashMap<>();

  ChangedLayers(String name, Layer layer) {
    this.name = name;
    this.layer = layer;
  }

  /** The node's name. */
  String name() {
    return name;
  }

  /** The layer itself. */
  Layer layer() {
    return layer;
  }

  /** The changed layer of this name, whose weights are its own. */
  LinearLayer changed(String key, UnaryOperator<LinearLayer> change) {
    return layers.computeIfAbsent(key, n -> change.apply((LinearLayer) layer));
  }

  INDArray constant(String key, Supplier<INDArray> numbers) {
    return constants.computeIfAbsent(key, k -> numbers.get());
  }

  @Override
  public void close() {
    if (layer instanceof LinearLayer linear) {
      layers.values().stream()
          .map(LinearLayer::weights)
          .filter(weights -> !Buffers.shared(weights, linear.weights()))
          .forEach(Buffers::release);
    }
  }
}
