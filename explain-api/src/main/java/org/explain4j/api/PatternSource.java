package org.explain4j.api;

import java.util.Map;

/** Patterns of a network's linear layers, as an estimator sees them in the data at hand. */
@FunctionalInterface
public interface PatternSource {

  /** Patterns by node name, one for every linear node. */
  Map<String, Patterns> patterns(SignalEstimator estimator);
}
