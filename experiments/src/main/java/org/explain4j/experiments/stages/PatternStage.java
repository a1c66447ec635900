package org.explain4j.experiments.stages;

import java.util.List;
import org.explain4j.api.KebabCase;
import org.explain4j.api.Patterns;
import org.explain4j.api.SignalEstimator;
import org.explain4j.experiments.configuration.Configured;
import org.explain4j.experiments.passes.LayerPatterns;
import org.explain4j.experiments.results.Cell;
import org.explain4j.experiments.results.CellHash;
import org.explain4j.experiments.results.FileNames;
import org.explain4j.experiments.setup.Run;
import org.explain4j.network.Node;
import org.explain4j.reports.runs.PatternCounts;
import org.explain4j.reports.runs.RunTable;

/** Patterns of each configured estimator, one cell each. */
final class PatternStage {
  private static final String NAME = "patterns";

  private final Run run;
  private final LayerPatterns patterns;

  PatternStage(Run run, LayerPatterns patterns) {
    this.run = run;
    this.patterns = patterns;
  }

  void run() {
    List<Configured<SignalEstimator>> estimators = run.experiment().estimators();
    run.progress().begin(NAME, estimators.size(), "estimators");
    for (int i = 0; i < estimators.size(); i++) {
      Configured<SignalEstimator> estimator = estimators.get(i);
      run.progress().step(NAME, i, estimators.size(), estimator.label());
      run.ledger()
          .cell(
              NAME,
              estimator.label(),
              CellHash.of(patterns.hash(), estimator.label(), Run.hash(estimator.extension())),
              cell -> write(cell, estimator));
    }
    run.progress().step(NAME, estimators.size(), estimators.size(), "");
  }

  private void write(Cell cell, Configured<SignalEstimator> estimator) {
    for (Node layer : run.network().linearNodes()) {
      try (Patterns found = patterns.of(estimator.extension(), layer)) {
        if (!found.isIdentity()) {
          String stem = "patterns/" + estimator.label() + "/" + FileNames.of(layer.name());
          cell.array(stem + ".positive.npy", found.positive());
          cell.array(stem + ".negative.npy", found.negative());
          row(cell, estimator, layer.name(), found);
        }
      }
    }
  }

  private static void row(
      Cell cell, Configured<SignalEstimator> estimator, String layer, Patterns found) {
    cell.row(
        RunTable.PATTERNS,
        new PatternCounts(
            estimator.label(),
            KebabCase.of(estimator.extension().fitOn()),
            layer,
            found.positiveStates().size(),
            count(found.positiveStates(), Patterns.State.FITTED),
            count(found.positiveStates(), Patterns.State.UNOCCUPIED),
            count(found.positiveStates(), Patterns.State.VANISHING),
            count(found.negativeStates(), Patterns.State.FITTED),
            count(found.negativeStates(), Patterns.State.UNOCCUPIED),
            count(found.negativeStates(), Patterns.State.VANISHING)));
  }

  private static long count(List<Patterns.State> states, Patterns.State state) {
    return states.stream().filter(s -> s == state).count();
  }
}
