package org.explain4j.experiments.stages;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.explain4j.api.Patterns;
import org.explain4j.api.Rho;
import org.explain4j.api.SignalQuality;
import org.explain4j.experiments.configuration.Configured;
import org.explain4j.experiments.configuration.SignalQualitySettings;
import org.explain4j.experiments.passes.Budget;
import org.explain4j.experiments.passes.LayerPatterns;
import org.explain4j.experiments.passes.MomentsCollector;
import org.explain4j.experiments.passes.SampleCollector;
import org.explain4j.experiments.passes.SplitMoments;
import org.explain4j.experiments.passes.StoredLayer;
import org.explain4j.experiments.setup.Once;
import org.explain4j.experiments.setup.Run;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Node;
import org.explain4j.network.moments.LayerData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * rho of every chosen layer, solver, estimator and target, one cell each. Moments of B and C are
 * collected, and kept, only if some cell is not done; samples of B only for solvers that draw them,
 * for as many layers at a time as memory allows.
 */
final class SignalQualityStage {
  private static final Logger LOG = LoggerFactory.getLogger(SignalQualityStage.class);

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
    for (List<Node> group : groups) {
      List<Node> open = group.stream().filter(node -> !tasks.isDone(node)).toList();
      boolean samples = budget.drawsSamples() && !open.isEmpty();
      try (Samples ofB = new Samples(samples ? open : List.of())) {
        group.forEach(node -> measure(node, ofB));
      }
    }
    run.progress().step(RhoTasks.STAGE, cells, cells, "");
    new RhoGaps(run).run(fit.nodes());
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
      List<RhoTask> together = solver.extension().drawsSamples() ? ofSolver : List.of();
      // Every solver reads the files itself: one may take the only copy of a Sigma.
      try (StoredLayer b = stored(fit, node, Once.of(() -> samples.layer(node)));
          StoredLayer c = stored(evaluate, node, () -> noSamples());
          LayerMeasure measure =
              new LayerMeasure(node.name(), () -> measure(solver, layer, b, c), together)) {
        ofSolver.forEach(task -> measure(task, measure));
      }
    }
  }

  private SignalQuality.Measure measure(
      Configured<SignalQuality> solver, LinearLayer layer, LayerData b, LayerData c) {
    collector.require(fit, fit.nodes());
    collector.require(evaluate, evaluate.nodes());
    patterns.release(); // both Sigmas will be in memory soon
    return solver.extension().of(layer, b, c);
  }

  /** A solver at work on a layer, from the first rho that is asked for. */
  private final class LayerMeasure implements AutoCloseable {
    private final String node; // its name
    private final Supplier<SignalQuality.Measure> maker;
    private final Map<String, Rho> ahead = new HashMap<>(); // by task; not asked for yet
    private List<RhoTask> together;
    private SignalQuality.Measure measure;

    /**
     * @param together tasks to be measured with the first; each alone if that fails
     */
    LayerMeasure(String node, Supplier<SignalQuality.Measure> maker, List<RhoTask> together) {
      this.node = node;
      this.maker = maker;
      this.together = together;
    }

    /** Empty for the identity. */
    Optional<Rho> rho(RhoTask task) {
      if (!ahead.containsKey(task.name())) {
        Map<String, SignalQuality.Question> questions = new LinkedHashMap<>();
        ask(questions, task);
        if (!questions.isEmpty()) {
          SignalQuality.Question own = questions.get(task.name());
          together.forEach(other -> join(questions, other));
          together = List.of();
          try {
            measure(questions);
          } catch (RuntimeException e) {
            if (questions.size() == 1) {
              throw e;
            }
            LOG.warn("{}: {} rho together failed; now one by one", node, questions.size(), e);
            measure(Map.of(task.name(), own));
          }
        }
      }
      return Optional.ofNullable(ahead.remove(task.name()));
    }

    private void measure(Map<String, SignalQuality.Question> questions) {
      if (measure == null) {
        measure = maker.get();
      }
      Iterator<Rho> rho = measure.rho(List.copyOf(questions.values())).iterator();
      questions.keySet().forEach(name -> ahead.put(name, rho.next()));
    }

    private void join(Map<String, SignalQuality.Question> questions, RhoTask task) {
      String name = task.name();
      if (questions.containsKey(name) || tasks.isDone(task)) {
        return;
      }
      try {
        ask(questions, task);
      } catch (RuntimeException e) {
        LOG.debug("{} will fail in its own cell", name, e);
      }
    }

    private void ask(Map<String, SignalQuality.Question> questions, RhoTask task) {
      Patterns found = patterns.kept(task.estimator().extension(), task.node());
      if (!found.isIdentity()) {
        questions.put(task.name(), new SignalQuality.Question(found, task.target()));
      }
    }

    @Override
    public void close() {
      if (measure != null) {
        measure.close();
      }
    }
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
            cell -> new RhoRows(run, task).write(cell, measure.rho(task)));
  }
}
