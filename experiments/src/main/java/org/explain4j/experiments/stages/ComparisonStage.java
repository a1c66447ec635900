package org.explain4j.experiments.stages;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.explain4j.api.Group;
import org.explain4j.api.Metric;
import org.explain4j.experiments.configuration.Configured;
import org.explain4j.experiments.results.Cell;
import org.explain4j.experiments.setup.Run;
import org.explain4j.experiments.statistics.Bootstrap;
import org.explain4j.experiments.statistics.Paired;
import org.explain4j.reports.runs.PairedDifference;
import org.explain4j.reports.runs.RunTable;
import org.explain4j.reports.runs.Score;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Pairs of methods of one group on the same images, for each score of a metric. */
final class ComparisonStage {
  private static final String NAME = "comparisons";

  private final Run run;
  private final Configured<Metric> metric;
  private final Map<String, Group> groups;

  ComparisonStage(Run run, Configured<Metric> metric, List<Explained> methods) {
    this.run = run;
    this.metric = metric;
    this.groups =
        methods.stream()
            .collect(
                Collectors.toMap(
                    m -> m.explainer().label(), m -> m.explainer().extension().group()));
  }

  /**
   * @param hash of the scores that are compared
   */
  void run(String hash) {
    run.ledger().cell(NAME, metric.label(), hash, this::compare);
  }

  private void compare(Cell cell) {
    Map<String, List<String>> explainersByScore =
        run.ledger().rows(RunTable.SCORES).stream()
            .filter(row -> row.metric().equals(metric.label()))
            .filter(row -> groups.containsKey(row.explainer()))
            .collect(
                Collectors.groupingBy(
                    Score::score,
                    LinkedHashMap::new,
                    Collectors.mapping(Score::explainer, Collectors.toList())));
    explainersByScore.forEach((score, explainers) -> compare(cell, score, explainers));
  }

  private void compare(Cell cell, String score, List<String> explainers) {
    for (int i = 0; i < explainers.size(); i++) {
      for (int j = i + 1; j < explainers.size(); j++) {
        if (groups.get(explainers.get(i)) == groups.get(explainers.get(j))) {
          compare(cell, score, explainers.get(i), explainers.get(j));
        }
      }
    }
  }

  private void compare(Cell cell, String score, String a, String b) {
    Paired paired =
        Paired.of(values(score, a), values(score, b), new Bootstrap(run.experiment().seed()));
    cell.row(
        RunTable.COMPARISONS,
        new PairedDifference(
            metric.label(),
            score,
            groups.get(a),
            a,
            b,
            paired.difference().mean(),
            paired.difference().low(),
            paired.difference().high(),
            paired.pValue(),
            paired.images()));
  }

  private double[] values(String score, String explainer) {
    try (INDArray values =
        run.output().read("scores/%s.%s.%s.npy".formatted(metric.label(), score, explainer))) {
      return values.toDoubleVector();
    }
  }
}
