package org.explain4j.experiments.stages;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.Mean;
import org.explain4j.api.KebabCase;
import org.explain4j.api.Rho;
import org.explain4j.experiments.passes.SplitMoments;
import org.explain4j.experiments.results.Cell;
import org.explain4j.experiments.setup.Run;
import org.explain4j.experiments.statistics.Bootstrap;
import org.explain4j.experiments.statistics.Quantiles;
import org.explain4j.network.LinearLayer;
import org.explain4j.reports.runs.LayerRho;
import org.explain4j.reports.runs.NeuronRho;
import org.explain4j.reports.runs.RunTable;

/**
 * The rows that hold one rho. The band of a layer mean is over its neurons, resampled with
 * replacement: how far the mean of as many other neurons of the kind might be off. It says nothing
 * about other images, which would move all neurons together.
 */
record RhoRows(Run run, RhoTask task) {

  void write(Cell cell, Optional<Rho> rho) {
    double[] included = rho.map(r -> included(r.evaluated(), r.included())).orElse(new double[0]);
    LayerRho row =
        new LayerRho(
            named(),
            ((LinearLayer) task.node().layer()).neurons(),
            rho.isPresent() ? OptionalLong.of(included.length) : OptionalLong.empty(),
            summary(included, rho),
            sampling(),
            solution(rho.map(Rho::diagnostics).orElse(Map.of())));
    cell.row(RunTable.SIGNAL_QUALITY, row);
    cell.number(RhoGaps.MEAN, row.rho().band().mean());
    rho.map(r -> r.diagnostics().get("loss")).ifPresent(loss -> cell.number(RhoGaps.LOSS, loss));
    rho.ifPresent(r -> neurons(cell, r));
  }

  private LayerRho.Task named() {
    return new LayerRho.Task(
        task.node().name(),
        run.network().linearNodes().indexOf(task.node()),
        task.estimator().label(),
        KebabCase.of(task.estimator().extension().fitOn()),
        KebabCase.of(task.target()),
        task.solver().label());
  }

  private LayerRho.Summary summary(double[] included, Optional<Rho> rho) {
    return new LayerRho.Summary(
        bootstrap().mean(included).band(),
        mean(rho.map(r -> present(r.evaluated())).orElse(new double[0])),
        Quantiles.of(included, 0.5),
        Quantiles.of(included, 0.05),
        Quantiles.of(included, 0.25),
        Quantiles.of(included, 0.75),
        Quantiles.of(included, 0.95),
        mean(rho.map(r -> included(r.fitted(), r.included())).orElse(new double[0])));
  }

  private Bootstrap bootstrap() {
    return new Bootstrap(run.experiment().comparisons().resamples(), run.experiment().seed());
  }

  private LayerRho.Sampling sampling() {
    long d = ((LinearLayer) task.node().layer()).fanIn();
    long nA = SplitMoments.ofA(run.setup()).samples(task.node());
    long nB = SplitMoments.ofRho(run.setup(), "B", run.parts().b()).samples(task.node());
    long nC = SplitMoments.ofRho(run.setup(), "C", run.parts().c()).samples(task.node());
    return new LayerRho.Sampling(d, nA, nB, nC, (double) d / nB, Rho.floor(d, nA, nB));
  }

  /** The gaps are cells of their own. */
  private static LayerRho.Solution solution(Map<String, Double> diagnostics) {
    return new LayerRho.Solution(
        diagnostics.getOrDefault("ridge", Double.NaN),
        whole(diagnostics, "dropped-inputs"),
        whole(diagnostics, "leaking"),
        whole(diagnostics, "steps"),
        diagnostics.getOrDefault("seconds", Double.NaN),
        whole(diagnostics, "converged"),
        Double.NaN,
        Double.NaN);
  }

  private void neurons(Cell cell, Rho rho) {
    LayerRho.Task named = named();
    for (int i = 0; i < rho.evaluated().length; i++) {
      cell.row(
          RunTable.SIGNAL_QUALITY_NEURONS,
          new NeuronRho(
              named.layer(),
              named.estimator(),
              named.fitOn(),
              named.target(),
              named.solver(),
              i,
              rho.evaluated()[i],
              rho.fitted()[i],
              rho.included()[i]));
    }
  }

  private static OptionalLong whole(Map<String, Double> diagnostics, String name) {
    Double value = diagnostics.get(name);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value.longValue());
  }

  private static double mean(double[] values) {
    return Mean.of(values).getAsDouble();
  }

  private static double[] included(double[] values, boolean[] included) {
    return IntStream.range(0, values.length)
        .filter(i -> included[i])
        .mapToDouble(i -> values[i])
        .filter(v -> !Double.isNaN(v))
        .toArray();
  }

  private static double[] present(double[] values) {
    return Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
  }
}
