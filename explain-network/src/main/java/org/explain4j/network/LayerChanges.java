package org.explain4j.network;

import java.util.function.UnaryOperator;

/** A linear layer with other weights. */
@FunctionalInterface
public interface LayerChanges {

  /**
   * This linear layer with other weights, made once.
   *
   * @param name that tells the step's changes apart
   * @param change gives weights that are new or the layer's own: new ones are freed when the passes
   *     are over, or compiled
   */
  LinearLayer changed(String name, UnaryOperator<LinearLayer> change);
}
