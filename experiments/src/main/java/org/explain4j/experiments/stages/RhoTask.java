package org.explain4j.experiments.stages;

import org.explain4j.api.KebabCase;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.SignalEstimator;
import org.explain4j.api.SignalQuality;
import org.explain4j.experiments.configuration.Configured;
import org.explain4j.network.Node;

/** One rho to measure: of an estimator's patterns of a layer, by a solver, for a target. */
record RhoTask(
    Node node,
    Configured<SignalQuality> solver,
    Configured<SignalEstimator> estimator,
    RegressionTarget target) {

  /** The name of its cell. */
  String name() {
    return "%s %s %s %s"
        .formatted(node.name(), solver.label(), estimator.label(), KebabCase.of(target));
  }

  /** The same rho by another solver. */
  RhoTask by(Configured<SignalQuality> other) {
    return new RhoTask(node, other, estimator, target);
  }
}
