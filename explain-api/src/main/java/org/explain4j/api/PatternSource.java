package org.explain4j.api;

import org.explain4j.network.Node;

/**
 * Patterns of a network's linear layers, as an estimator computes them from the experiment's data.
 * They are given layer by layer because those of a large network take gigabytes.
 */
@FunctionalInterface
public interface PatternSource {

  /** The patterns of a linear node, newly made; the caller closes them. */
  Patterns patterns(SignalEstimator estimator, Node layer);
}
