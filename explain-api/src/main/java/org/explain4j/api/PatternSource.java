package org.explain4j.api;

import org.explain4j.network.Node;

/**
 * Patterns of a network's linear layers, as an estimator sees them in the data at hand. They come
 * layer by layer, since those of a large network take gigabytes.
 */
@FunctionalInterface
public interface PatternSource {

  /** Patterns of a linear node, new ones, which the caller closes. */
  Patterns patterns(SignalEstimator estimator, Node layer);
}
