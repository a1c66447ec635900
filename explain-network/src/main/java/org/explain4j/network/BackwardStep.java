package org.explain4j.network;

import java.util.List;

/**
 * How a layer passes a message from its output to its inputs, written in terms of an {@link
 * Arithmetic}, so that a whole backward pass can be compiled. A pure function.
 */
public interface BackwardStep {

  /**
   * The messages to the layer's inputs, of their shapes.
   *
   * @param <V> an array
   */
  <V> List<V> messages(Arithmetic<V> site);

  /**
   * Whether it reads the layer's output: a linear layer's is then not rectified before it is read.
   */
  default boolean readsOutput() {
    return false;
  }

  /** Whether, at a rectifier, it reads what the rectifier was given. */
  default boolean readsInput() {
    return false;
  }

  /** Whether an input of 0 gets a message of 0, as shares of relevance do. */
  default boolean isProportional() {
    return false;
  }

  /**
   * Whether an input of 0 gets a message of 0 if every output of 0 has one, at layers that move,
   * select or rectify.
   */
  default boolean keepsZeros() {
    return false;
  }

  /**
   * Layers whose outputs add up to a linear layer's, if the step asks for these anyway: a forward
   * pass that is compiled for it then adds them up, in place of running the layer.
   *
   * @param layers the layer's changes, as at its site
   * @param hasNegativeInput as {@link Arithmetic#hasNegativeInput}
   */
  default List<LinearLayer> summands(LayerChanges layers, boolean hasNegativeInput) {
    return List.of();
  }
}
