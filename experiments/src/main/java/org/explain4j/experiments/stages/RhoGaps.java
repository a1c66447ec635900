package org.explain4j.experiments.stages;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.explain4j.api.KebabCase;
import org.explain4j.api.SignalQuality;
import org.explain4j.experiments.configuration.Configured;
import org.explain4j.experiments.results.CellHash;
import org.explain4j.experiments.setup.Run;
import org.explain4j.network.Node;
import org.explain4j.reports.runs.LayerRho;
import org.explain4j.reports.runs.RunTable;

/**
 * How far every other solver is from the closed form on the same layer, estimator and target: one
 * cell each, from the numbers that the two cells of rho keep.
 */
record RhoGaps(Run run) {
  /** Of a rho's cell: the mean over the neurons; of a gap's cell: the difference. */
  static final String MEAN = "mean";

  /** Of a rho's cell: the loss on split B; of a gap's cell: the difference. */
  static final String LOSS = "loss";

  private static final String REFERENCE = "closed-form";

  private record Key(String layer, String solver, String estimator, String target) {
    static Key of(RhoTask task) {
      return new Key(
          task.node().name(),
          task.solver().label(),
          task.estimator().label(),
          KebabCase.of(task.target()));
    }

    static Key of(LayerRho row) {
      LayerRho.Task task = row.task();
      return new Key(task.layer(), task.solver(), task.estimator(), task.target());
    }
  }

  /** Once the rho of these layers are measured. */
  void run(List<Node> nodes) {
    Map<Key, Map<String, Double>> gaps = new HashMap<>();
    RhoTasks tasks = new RhoTasks(run);
    reference()
        .ifPresent(
            exact ->
                nodes.stream()
                    .flatMap(node -> tasks.of(node).stream())
                    .filter(task -> !task.solver().equals(exact))
                    .forEach(task -> gaps.put(Key.of(task), gap(tasks, task, task.by(exact)))));
    run.ledger()
        .publish(
            RunTable.SIGNAL_QUALITY,
            rows -> rows.stream().map(row -> with(row, gaps.get(Key.of(row)))).toList());
  }

  private Map<String, Double> gap(RhoTasks tasks, RhoTask task, RhoTask exact) {
    Map<String, Double> own = run.ledger().numbers(RhoTasks.STAGE, task.name());
    Map<String, Double> reference = run.ledger().numbers(RhoTasks.STAGE, exact.name());
    if (own.isEmpty() || reference.isEmpty()) {
      return Map.of(); // one of them failed, or the estimator is the identity
    }
    String name = task.name() + " gap";
    run.ledger()
        .cell(
            RhoTasks.STAGE,
            name,
            CellHash.of(tasks.hash(task), tasks.hash(exact)),
            cell -> List.of(LOSS, MEAN).forEach(n -> cell.number(n, gap(n, own, reference))));
    return run.ledger().numbers(RhoTasks.STAGE, name);
  }

  private static double gap(String name, Map<String, Double> own, Map<String, Double> exact) {
    return own.getOrDefault(name, Double.NaN) - exact.getOrDefault(name, Double.NaN);
  }

  private static LayerRho with(LayerRho row, Map<String, Double> gap) {
    return gap == null
        ? row
        : row.withGaps(gap.getOrDefault(LOSS, Double.NaN), gap.getOrDefault(MEAN, Double.NaN));
  }

  private Optional<Configured<SignalQuality>> reference() {
    return run.experiment().signalQuality().orElseThrow().solvers().stream()
        .filter(solver -> solver.extension().id().equals(REFERENCE))
        .findFirst();
  }
}
