package org.explain4j.experiments.stages;

import java.util.Locale;
import org.explain4j.api.KebabCase;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.SignalEstimator;
import org.explain4j.api.SignalQuality;
import org.explain4j.experiments.configuration.Configured;
import org.explain4j.experiments.results.FileNames;
import org.explain4j.network.Node;
import org.explain4j.reports.runs.LayerRho;

/** One rho to measure: of an estimator's patterns of a layer, by a solver, for a target. */
record RhoTask(
    Node node,
    Configured<SignalQuality> solver,
    Configured<SignalEstimator> estimator,
    RegressionTarget target) {

  /** The name of its cell. */
  String name() {
    return name(node.name(), solver.label(), estimator.label(), KebabCase.of(target));
  }

  static String name(LayerRho.Task task) {
    return name(task.layer(), task.solver(), task.estimator(), task.target());
  }

  static String name(String layer, String solver, String estimator, String target) {
    return String.format(Locale.ROOT, "%s %s %s %s", layer, solver, estimator, target);
  }

  /** Where its v is kept: {@code [k,d]}, float32. */
  String regression() {
    return String.format(
        Locale.ROOT,
        "regressions/%s/%s/%s/%s.npy",
        solver.label(),
        estimator.label(),
        KebabCase.of(target),
        FileNames.of(node.name()));
  }
}
