package org.explain4j.experiments.stages;

import java.util.List;
import org.explain4j.api.SignalQuality;
import org.explain4j.experiments.configuration.Configured;
import org.explain4j.experiments.configuration.SignalQualitySettings;
import org.explain4j.experiments.passes.SplitMoments;
import org.explain4j.experiments.results.CellHash;
import org.explain4j.experiments.setup.Run;
import org.explain4j.network.Node;

/** Every rho that an experiment measures, one cell each, and which of them are done. */
record RhoTasks(Run run) {
  static final String STAGE = "signal-quality";

  private SignalQualitySettings settings() {
    return run.experiment().signalQuality().orElseThrow();
  }

  /** Whether every v is kept, for intervals over images. */
  boolean keepsRegressions() {
    return settings().imageGroups() > 0;
  }

  /** Those of a layer, in the order of the table. */
  List<RhoTask> of(Node node) {
    return settings().solvers().stream().flatMap(solver -> of(node, solver).stream()).toList();
  }

  List<RhoTask> of(Node node, Configured<SignalQuality> solver) {
    // Targets innermost: a solver may share what it knows about an estimator between them.
    return run.experiment().estimators().stream()
        .flatMap(
            estimator ->
                settings().targets().stream()
                    .map(target -> new RhoTask(node, solver, estimator, target)))
        .toList();
  }

  /** The hash of everything that a rho depends on. */
  String hash(RhoTask task) {
    return CellHash.of(
        SplitMoments.ofA(run.setup()).hash(),
        run.parts().b().hash(),
        run.parts().c().hash(),
        settings().patchesPerImage(),
        task.name(),
        keepsRegressions(),
        Run.hash(task.solver().extension()),
        Run.hash(task.estimator().extension()));
  }

  boolean isDone(RhoTask task) {
    return run.ledger().isDone(STAGE, task.name(), hash(task));
  }

  /** Whether nothing is left to measure in a layer. */
  boolean isDone(Node node) {
    return of(node).stream().allMatch(this::isDone);
  }
}
