package org.explain4j.experiments.stages;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.explain4j.api.Patterns;
import org.explain4j.api.Regression;
import org.explain4j.api.Rho;
import org.explain4j.api.SignalEstimator;
import org.explain4j.api.SignalQuality;
import org.explain4j.experiments.configuration.Configured;
import org.explain4j.experiments.configuration.SignalQualitySettings;
import org.explain4j.experiments.passes.Budget;
import org.explain4j.experiments.passes.MomentsPasses;
import org.explain4j.experiments.passes.MomentsStage;
import org.explain4j.experiments.passes.SampleCollector;
import org.explain4j.experiments.passes.SplitMoments;
import org.explain4j.experiments.passes.StoredLayer;
import org.explain4j.experiments.results.Fingerprint;
import org.explain4j.experiments.setup.Labels;
import org.explain4j.experiments.setup.Once;
import org.explain4j.experiments.setup.Run;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Node;
import org.explain4j.network.moments.LayerData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * rho of every chosen layer, solver, estimator and target, a cell each. Moments of B and C are
 * collected, and kept, only if some cell is not done; samples of B only for solvers that draw them,
 * for as many layers at a time as memory allows.
 */
final class SignalQualityStage {
  private static final Logger LOG = LoggerFactory.getLogger(SignalQualityStage.class);
  private static final String NAME = "signal-quality";

  private final Run run;
  private final MomentsStage moments;
  private final MomentsPasses passes;
  private final SignalQualitySettings settings;
  private final SplitMoments fit;
  private final SplitMoments evaluate;
  private final int cells;
  private int done;

  SignalQualityStage(Run run, MomentsStage moments, MomentsPasses passes) {
    this.run = run;
    this.moments = moments;
    this.passes = passes;
    this.settings = run.experiment().signalQuality().orElseThrow();
    this.fit = SplitMoments.ofRho(run.setup(), "B", run.parts().b());
    this.evaluate = SplitMoments.ofRho(run.setup(), "C", run.parts().c());
    this.cells =
        fit.nodes().size()
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
    Budget budget = new Budget(run.setup());
    List<List<Node>> groups =
        budget.drawsSamples() ? budget.sampleGroups(fit) : List.of(fit.nodes());
    for (List<Node> group : groups) {
      List<Node> open = group.stream().filter(node -> !isDone(node)).toList();
      boolean samples = budget.drawsSamples() && !open.isEmpty();
      try (Samples ofB = new Samples(samples ? open : List.of())) {
        group.forEach(node -> measure(node, ofB));
      }
    }
    run.progress().step(NAME, cells, cells, "");
    RhoRows.fillGaps(run.ledger(), settings.solvers());
  }

  /** Whether nothing is left to measure in a layer. */
  boolean isDone(Node node) {
    return tasks(node).stream()
        .allMatch(task -> run.ledger().isDone(NAME, task.name(), hash(task)));
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
      List<Task> tasks = tasks(node, solver);
      List<Task> together = solver.extension().drawsSamples() ? tasks : List.of();
      // Files of its own for every solver: one may take the only copy of a Sigma.
      try (StoredLayer b = stored(fit, node, Once.of(() -> samples.layer(node)));
          StoredLayer c = stored(evaluate, node, () -> noSamples());
          LayerMeasure measure =
              new LayerMeasure(node.name(), () -> measure(solver, layer, b, c), together)) {
        tasks.forEach(task -> measure(task, measure));
      }
    }
  }

  private SignalQuality.Measure measure(
      Configured<SignalQuality> solver, LinearLayer layer, LayerData b, LayerData c) {
    passes.require(fit, fit.nodes());
    passes.require(evaluate, evaluate.nodes());
    moments.release(); // both Sigmas are in memory soon
    return solver.extension().of(layer, b, c);
  }

  /** A solver at work on a layer, from the first rho that is asked for. */
  private final class LayerMeasure implements AutoCloseable {
    private final String node; // its name
    private final Supplier<SignalQuality.Measure> maker;
    private final Map<String, Rho> ahead = new HashMap<>(); // by task; not asked for yet
    private List<Task> together;
    private SignalQuality.Measure measure;

    /**
     * @param together tasks to be measured with the first; each alone if that fails
     */
    LayerMeasure(String node, Supplier<SignalQuality.Measure> maker, List<Task> together) {
      this.node = node;
      this.maker = maker;
      this.together = together;
    }

    /** Empty for the identity. */
    Optional<Rho> rho(Task task) {
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

    private void join(Map<String, SignalQuality.Question> questions, Task task) {
      String name = task.name();
      if (questions.containsKey(name) || run.ledger().isDone(NAME, name, hash(task))) {
        return;
      }
      try {
        ask(questions, task);
      } catch (RuntimeException e) {
        LOG.debug("{} is left to fail in its own cell", name, e);
      }
    }

    private void ask(Map<String, SignalQuality.Question> questions, Task task) {
      Patterns patterns = moments.keptPatterns(task.estimator().extension(), task.node());
      if (!patterns.isIdentity()) {
        questions.put(task.name(), new SignalQuality.Question(patterns, task.target()));
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
        run.directory().root().resolve(split.file(node)), (LinearLayer) node.layer(), samples);
  }

  private static LayerData noSamples() {
    throw new IllegalStateException("Samples are of split B only, and for solvers that say so.");
  }

  private void measure(Task task, LayerMeasure measure) {
    run.progress().step(NAME, done++, cells, task.node().name());
    run.ledger()
        .cell(
            NAME,
            task.name(),
            hash(task),
            cell ->
                new RhoRows(run, task.node(), task.estimator(), task.target(), task.solver())
                    .write(cell, measure.rho(task)));
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
