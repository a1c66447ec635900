package org.explain4j.network;

import java.util.function.UnaryOperator;

/** A linear layer with other weights. */
@FunctionalInterface
public interface LayerChanges {

  /**
   * This linear layer with other weights, made once.
   *
   * @param name that tells the step's changes apart
   */
  LinearLayer changed(String name, UnaryOperator<LinearLayer> change);
}
