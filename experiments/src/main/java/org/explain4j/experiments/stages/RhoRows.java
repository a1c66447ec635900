package org.explain4j.experiments.stages;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.explain4j.api.KebabCase;
import org.explain4j.api.Rho;
import org.explain4j.experiments.passes.SplitMoments;
import org.explain4j.experiments.results.Cell;
import org.explain4j.experiments.setup.Run;
import org.explain4j.network.LinearLayer;
import org.explain4j.reports.runs.LayerRho;
import org.explain4j.reports.runs.NeuronRho;
import org.explain4j.reports.runs.RunTable;

/**
 * The rows that hold one rho: its neurons, and its layer as far as one rho alone determines it;
 * {@link RhoSummaries} adds the rest.
 */
record RhoRows(Run run, RhoTask task) {
  /** The number that a cell keeps: the loss on split B. */
  static final String LOSS = "loss";

  void write(Cell cell, Optional<Rho> rho) {
    LayerRho row =
        new LayerRho(
            named(),
            ((LinearLayer) task.node().layer()).neurons(),
            rho.map(r -> OptionalLong.of(included(r))).orElse(OptionalLong.empty()),
            OptionalLong.empty(),
            RhoSummaries.NONE,
            sampling(),
            solution(rho.map(Rho::diagnostics).orElse(Map.of())));
    cell.row(RunTable.SIGNAL_QUALITY, row);
    rho.map(r -> r.diagnostics().get(LOSS)).ifPresent(loss -> cell.number(LOSS, loss));
    rho.ifPresent(r -> neurons(cell, r));
  }

  private static long included(Rho rho) {
    return IntStream.range(0, rho.included().length).filter(i -> rho.included()[i]).count();
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

  private LayerRho.Sampling sampling() {
    long d = ((LinearLayer) task.node().layer()).fanIn();
    long nA = SplitMoments.ofA(run.setup()).samples(task.node());
    long nB = SplitMoments.ofRho(run.setup(), "B", run.parts().b()).samples(task.node());
    long nC = SplitMoments.ofRho(run.setup(), "C", run.parts().c()).samples(task.node());
    return new LayerRho.Sampling(
        d, nA, nB, nC, (double) d / nB, Double.NaN, Double.NaN, Double.NaN);
  }

  private static LayerRho.Solution solution(Map<String, Double> diagnostics) {
    return new LayerRho.Solution(
        diagnostics.getOrDefault("ridge", Double.NaN),
        whole(diagnostics, "dropped-inputs"),
        whole(diagnostics, "leaking"),
        whole(diagnostics, "steps"),
        diagnostics.getOrDefault("seconds", Double.NaN),
        whole(diagnostics, "converged"),
        diagnostics.getOrDefault("distance", Double.NaN),
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
}
