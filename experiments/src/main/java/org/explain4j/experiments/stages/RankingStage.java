package org.explain4j.experiments.stages;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.explain4j.api.Group;
import org.explain4j.experiments.rankings.Judged;
import org.explain4j.experiments.rankings.Rankings;
import org.explain4j.experiments.results.Cell;
import org.explain4j.experiments.results.CellHash;
import org.explain4j.experiments.setup.Run;
import org.explain4j.reports.runs.RunTable;
import org.explain4j.reports.runs.Score;

/** How the methods of each group stand over all metrics of the run. */
final class RankingStage {
  private static final String NAME = "rankings";

  private final Run run;
  private final Map<Group, List<String>> groups;

  RankingStage(Run run, List<Explained> methods) {
    this.run = run;
    this.groups =
        methods.stream()
            .collect(
                Collectors.groupingBy(
                    method -> method.explainer().extension().group(),
                    TreeMap::new,
                    Collectors.mapping(method -> method.explainer().label(), Collectors.toList())));
  }

  void run() {
    List<Score> scores = run.ledger().rows(RunTable.SCORES);
    if (scores.isEmpty()) {
      return;
    }
    run.progress().begin("ranking the methods", 0, "");
    String hash =
        CellHash.of(
            scores,
            groups,
            run.experiment().comparisons().resamples(),
            run.experiment().seed(),
            CellHash.ofCode(Rankings.class));
    run.ledger().cell(NAME, NAME, hash, cell -> rank(cell, scores));
  }

  private void rank(Cell cell, List<Score> scores) throws IOException {
    int resamples = run.experiment().comparisons().resamples();
    new Rankings(groups, resamples, run.experiment().seed())
        .of(
            Judged.of(run.output().root(), scores, ""),
            new Rankings.Tables() {
              @Override
              public <R extends Record> void write(RunTable<R> table, List<R> rows) {
                rows.forEach(row -> cell.row(table, row));
              }
            });
  }
}
