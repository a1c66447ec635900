package org.explain4j.experiments.stages;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.commons.statistics.descriptive.Mean;
import org.explain4j.api.Rho;
import org.explain4j.experiments.configuration.Configured;
import org.explain4j.experiments.setup.Run;
import org.explain4j.experiments.stages.ComparedNeurons.Family;
import org.explain4j.experiments.statistics.Bootstrap;
import org.explain4j.experiments.statistics.Estimate;
import org.explain4j.experiments.statistics.Quantiles;
import org.explain4j.reports.runs.LayerRho;
import org.explain4j.reports.runs.NeuronRho;
import org.explain4j.reports.runs.RunTable;

/**
 * The summary of a layer once all of its rho are measured: statistics over the neurons that all
 * estimators have in common, intervals over images, what to expect from sampling alone, and how far
 * each solver is from the closed form.
 */
final class RhoSummaries {
  private static final double MISSING = Double.NaN;

  /** Of a rho that is not defined, and of one whose layer is not summed up yet. */
  static final LayerRho.Summary NONE =
      new LayerRho.Summary(
          MISSING, MISSING, MISSING, MISSING, MISSING, MISSING, MISSING, MISSING, MISSING, MISSING,
          MISSING, MISSING, MISSING);

  private static final String REFERENCE = "closed-form";

  private final Run run;
  private final ComparedNeurons neurons;
  private final Bootstrap bootstrap;

  RhoSummaries(Run run) {
    this.run = run;
    this.neurons = new ComparedNeurons(run.ledger().rows(RunTable.SIGNAL_QUALITY_NEURONS));
    this.bootstrap =
        new Bootstrap(run.experiment().comparisons().resamples(), run.experiment().seed());
  }

  /** Makes the table's rows of those that the cells have. */
  void publish() {
    Map<LayerRho.Task, LayerRho> made = new HashMap<>();
    List<LayerRho> rows = run.ledger().rows(RunTable.SIGNAL_QUALITY);
    rows.forEach(row -> made.put(row.task(), summed(row)));
    made.replaceAll((task, row) -> withGaps(row, made));
    run.ledger()
        .publish(
            RunTable.SIGNAL_QUALITY,
            cells -> cells.stream().map(row -> made.getOrDefault(row.task(), row)).toList());
  }

  private LayerRho summed(LayerRho row) {
    LayerRho.Task task = row.task();
    Family family = new Family(task.layer(), task.solver(), task.target());
    List<NeuronRho> own = neurons.of(family, task.estimator());
    double[] compared = neurons.compared(family, task.estimator(), NeuronRho::rho);
    OptionalLong count =
        own.isEmpty() ? OptionalLong.empty() : OptionalLong.of(neurons.compared(family).length);
    return new LayerRho(
        task,
        row.neurons(),
        row.included(),
        count,
        own.isEmpty() ? NONE : summary(task, family, own, compared),
        sampling(row),
        row.solution());
  }

  private LayerRho.Summary summary(
      LayerRho.Task task, Family family, List<NeuronRho> own, double[] compared) {
    Estimate mean = bootstrap.mean(compared);
    Map<String, Double> images = RhoImages.numbers(run, task);
    return new LayerRho.Summary(
        mean.mean(),
        images.getOrDefault(RhoImages.LOW, MISSING),
        images.getOrDefault(RhoImages.HIGH, MISSING),
        mean.low(),
        mean.high(),
        mean(own, NeuronRho::included),
        mean(own, neuron -> !Double.isNaN(neuron.rho())),
        Quantiles.of(compared, 0.5),
        Quantiles.of(compared, 0.05),
        Quantiles.of(compared, 0.25),
        Quantiles.of(compared, 0.75),
        Quantiles.of(compared, 0.95),
        Mean.of(neurons.compared(family, task.estimator(), NeuronRho::rhoFitted)).getAsDouble());
  }

  private static double mean(List<NeuronRho> neurons, Predicate<NeuronRho> counted) {
    return Mean.of(neurons.stream().filter(counted).mapToDouble(NeuronRho::rho).toArray())
        .getAsDouble();
  }

  private LayerRho.Sampling sampling(LayerRho row) {
    LayerRho.Sampling sizes = row.sampling();
    EffectiveSamples.Shares shares = EffectiveSamples.shares(run, row.task().layer());
    double nA = shares.a() * (double) sizes.nA();
    double nB = shares.b() * (double) sizes.nB();
    return new LayerRho.Sampling(
        sizes.d(),
        sizes.nA(),
        sizes.nB(),
        sizes.nC(),
        sizes.dOverN(),
        nA,
        nB,
        Rho.expectedFromSampling((double) sizes.d(), nA, nB));
  }

  private LayerRho withGaps(LayerRho row, Map<LayerRho.Task, LayerRho> all) {
    LayerRho.Task task = row.task();
    Optional<String> reference = reference().filter(label -> !label.equals(task.solver()));
    if (reference.isEmpty()) {
      return row;
    }
    LayerRho.Task exact = by(task, reference.get());
    double mean =
        Optional.ofNullable(all.get(exact)).map(other -> other.rho().mean()).orElse(MISSING);
    return new LayerRho(
        task,
        row.neurons(),
        row.included(),
        row.compared(),
        row.rho(),
        row.sampling(),
        row.solution().withGaps(loss(task) - loss(exact), row.rho().mean() - mean));
  }

  private double loss(LayerRho.Task task) {
    return run.ledger()
        .numbers(RhoTasks.STAGE, RhoTask.name(task))
        .getOrDefault(RhoRows.LOSS, MISSING);
  }

  private static LayerRho.Task by(LayerRho.Task task, String solver) {
    return new LayerRho.Task(
        task.layer(), task.layerIndex(), task.estimator(), task.fitOn(), task.target(), solver);
  }

  private Optional<String> reference() {
    return run.experiment().signalQuality().orElseThrow().solvers().stream()
        .filter(solver -> solver.extension().id().equals(REFERENCE))
        .map(Configured::label)
        .findFirst();
  }
}
