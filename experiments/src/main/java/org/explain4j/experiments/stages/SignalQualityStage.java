package org.explain4j.experiments.stages;

import java.util.List;
import java.util.function.Supplier;
import org.explain4j.api.SignalQuality;
import org.explain4j.experiments.configuration.Configured;
import org.explain4j.experiments.configuration.SignalQualitySettings;
import org.explain4j.experiments.passes.Budget;
import org.explain4j.experiments.passes.LayerPatterns;
import org.explain4j.experiments.passes.MomentsCollector;
import org.explain4j.experiments.passes.SampleCollector;
import org.explain4j.experiments.passes.SplitMoments;
import org.explain4j.experiments.passes.StoredLayer;
import org.explain4j.experiments.results.Cell;
import org.explain4j.experiments.setup.Once;
import org.explain4j.experiments.setup.Run;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Node;
import org.explain4j.network.moments.LayerData;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * rho of every chosen layer, solver, estimator and target, one cell each. Moments of B and C are
 * collected, and kept, only if some cell is not done; samples of B only for solvers that draw them,
 * for as many layers at a time as memory allows.
 */
final class SignalQualityStage {
  private final Run run;
  private final LayerPatterns patterns;
  private final MomentsCollector collector;
  private final SignalQualitySettings settings;
  private final SplitMoments fit;
  private final SplitMoments evaluate;
  private final RhoTasks tasks;
  private final int cells;
  private int done;

  SignalQualityStage(Run run, LayerPatterns patterns, MomentsCollector collector) {
    this.run = run;
    this.patterns = patterns;
    this.collector = collector;
    this.settings = run.experiment().signalQuality().orElseThrow();
    this.fit = SplitMoments.ofRho(run.setup(), "B", run.parts().b());
    this.evaluate = SplitMoments.ofRho(run.setup(), "C", run.parts().c());
    this.tasks = new RhoTasks(run);
    this.cells = fit.nodes().stream().mapToInt(node -> tasks.of(node).size()).sum();
  }

  void run() {
    Budget budget = new Budget(run.setup());
    List<List<Node>> groups =
        budget.drawsSamples() ? budget.sampleGroups(fit) : List.of(fit.nodes());
    run.progress().begin(RhoTasks.STAGE, cells, "regressions");
    for (List<Node> group : groups) {
      List<Node> open = group.stream().filter(node -> !tasks.isDone(node)).toList();
      boolean samples = budget.drawsSamples() && !open.isEmpty();
      try (Samples ofB = new Samples(samples ? open : List.of())) {
        group.forEach(node -> measure(node, ofB));
      }
    }
    run.progress().step(RhoTasks.STAGE, cells, cells, "");
    run.progress().begin("intervals of rho", 0, "");
    new EffectiveSamples(run).measure();
    new RhoImages(run, patterns).run();
    new RhoSummaries(run).publish();
  }

  /** Samples of a group of layers, collected when a solver first draws some. */
  private final class Samples implements AutoCloseable {
    private final List<Node> nodes;
    private SampleCollector collector;

    Samples(List<Node> nodes) {
      this.nodes = nodes;
    }

    LayerData layer(Node node) {
      if (collector == null) {
        collector = SampleCollector.collect(run, fit, nodes);
      }
      return collector.layer(node);
    }

    @Override
    public void close() {
      if (collector != null) {
        collector.close();
      }
    }
  }

  private void measure(Node node, Samples samples) {
    LinearLayer layer = (LinearLayer) node.layer();
    for (Configured<SignalQuality> solver : settings.solvers()) {
      List<RhoTask> ofSolver = tasks.of(node, solver);
      // Every solver reads the files itself: one may take the only copy of a Sigma.
      try (StoredLayer b = stored(fit, node, Once.of(() -> samples.layer(node)));
          StoredLayer c = stored(evaluate, node, () -> noSamples());
          LayerMeasure measure =
              new LayerMeasure(tasks, patterns, () -> measure(solver, layer, b, c), ofSolver)) {
        ofSolver.forEach(task -> measure(task, measure));
      }
    }
  }

  private SignalQuality.Measure measure(
      Configured<SignalQuality> solver, LinearLayer layer, LayerData b, LayerData c) {
    collector.require(fit, fit.nodes());
    collector.require(evaluate, evaluate.nodes());
    patterns.release(); // both Sigmas will be in memory soon
    return solver.extension().measure(layer, b, c);
  }

  private StoredLayer stored(SplitMoments split, Node node, Supplier<LayerData> samples) {
    return new StoredLayer(
        run.output().root().resolve(split.file(node)), (LinearLayer) node.layer(), samples);
  }

  private static LayerData noSamples() {
    throw new IllegalStateException(
        "Samples are available only of split B, and only to solvers that declare that they draw"
            + " them.");
  }

  private void measure(RhoTask task, LayerMeasure measure) {
    run.progress().step(RhoTasks.STAGE, done++, cells, task.node().name());
    run.ledger()
        .cell(
            RhoTasks.STAGE,
            task.name(),
            tasks.hash(task),
            cell -> {
              new RhoRows(run, task).write(cell, measure.rho(task));
              measure.regression(task).ifPresent(v -> keep(cell, task, v));
            });
  }

  private static void keep(Cell cell, RhoTask task, INDArray v) {
    try (v) {
      cell.array(task.regression(), v);
    }
  }
}
