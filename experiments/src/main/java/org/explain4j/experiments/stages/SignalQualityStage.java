package org.explain4j.experiments.stages;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.explain4j.api.Patterns;
import org.explain4j.api.Regression;
import org.explain4j.api.Rho;
import org.explain4j.api.SignalEstimator;
import org.explain4j.api.SignalQuality;
import org.explain4j.api.network.LinearLayer;
import org.explain4j.api.network.Node;
import org.explain4j.experiments.configuration.Configured;
import org.explain4j.experiments.configuration.SignalQualitySettings;
import org.explain4j.experiments.results.Fingerprint;

/**
 * rho of every layer, solver, estimator and target, a cell each. Samples of B and C are collected
 * for as many layers at a time as memory allows, and only if one of their cells is not done.
 */
final class SignalQualityStage {
  private static final String NAME = "signal-quality";

  private final Run run;
  private final MomentsStage moments;
  private final SignalQualitySettings settings;
  private final int cells;
  private int done;

  SignalQualityStage(Run run, MomentsStage moments, SignalQualitySettings settings) {
    this.run = run;
    this.moments = moments;
    this.settings = settings;
    this.cells =
        run.network().linearNodes().size()
            * settings.solvers().size()
            * settings.targets().size()
            * run.experiment().estimators().size();
  }

  /** One rho to measure. */
  private record Task(
      Node node,
      Configured<SignalQuality> solver,
      Configured<SignalEstimator> estimator,
      Regression target) {

    String name() {
      return "%s %s %s %s"
          .formatted(node.name(), solver.label(), estimator.label(), Labels.of(target));
    }
  }

  void run() {
    int patches = settings.patchesPerImage().perImage();
    long examples = run.parts().b().size() + (long) run.parts().c().size();
    for (List<Node> group :
        LayerGroups.of(run.network(), examples, patches, settings.memory().bytes())) {
      boolean allDone =
          group.stream()
              .flatMap(node -> tasks(node).stream())
              .allMatch(task -> run.ledger().isDone(NAME, task.name(), hash(task)));
      if (allDone) {
        group.forEach(node -> measure(node, () -> null, () -> null));
      } else {
        measure(group, patches);
      }
    }
    run.progress().step(NAME, cells, cells, "");
    RhoRows.fillGaps(run.ledger(), settings.solvers());
  }

  private void measure(List<Node> group, int patches) {
    try (SampleCollector b = SampleCollector.collect(run, run.parts().b(), "B", group, patches);
        SampleCollector c = SampleCollector.collect(run, run.parts().c(), "C", group, patches)) {
      for (Node node : group) {
        measure(node, Once.of(() -> b.layer(node)), Once.of(() -> c.layer(node)));
      }
    }
  }

  private void measure(
      Node node,
      Supplier<org.explain4j.api.moments.LayerData> fit,
      Supplier<org.explain4j.api.moments.LayerData> evaluate) {
    LinearLayer layer = (LinearLayer) node.layer();
    for (Configured<SignalQuality> solver : settings.solvers()) {
      Supplier<SignalQuality.Measure> measure =
          Once.of(() -> solver.extension().of(layer, fit.get(), evaluate.get()));
      tasks(node, solver).forEach(task -> measure(task, measure));
    }
  }

  private void measure(Task task, Supplier<SignalQuality.Measure> measure) {
    run.progress().step(NAME, done++, cells, task.node().name());
    run.ledger()
        .cell(
            NAME,
            task.name(),
            hash(task),
            cell -> {
              Patterns patterns =
                  moments.patterns(task.estimator().extension()).get(task.node().name());
              Optional<Rho> rho =
                  patterns.isIdentity()
                      ? Optional.empty()
                      : Optional.of(measure.get().rho(patterns, task.target()));
              new RhoRows(run, task.node(), task.estimator(), task.target(), task.solver())
                  .write(cell, rho);
            });
  }

  private List<Task> tasks(Node node) {
    return settings.solvers().stream().flatMap(solver -> tasks(node, solver).stream()).toList();
  }

  private List<Task> tasks(Node node, Configured<SignalQuality> solver) {
    // Targets innermost: a solver may share what it knows of an estimator between them.
    return run.experiment().estimators().stream()
        .flatMap(
            estimator ->
                settings.targets().stream()
                    .map(target -> new Task(node, solver, estimator, target)))
        .toList();
  }

  private String hash(Task task) {
    return Fingerprint.of(
        moments.hash(),
        run.parts().b().hash(),
        run.parts().c().hash(),
        settings.patchesPerImage(),
        task.name(),
        Run.hash(task.solver().extension()),
        Run.hash(task.estimator().extension()));
  }
}
