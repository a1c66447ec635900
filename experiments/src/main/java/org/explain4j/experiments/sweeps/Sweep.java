package org.explain4j.experiments.sweeps;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.explain4j.api.Group;
import org.explain4j.experiments.configuration.Combination;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.rankings.Judged;
import org.explain4j.experiments.rankings.Ranking;
import org.explain4j.experiments.results.FileNames;
import org.explain4j.experiments.results.RunOutput;
import org.explain4j.reports.SweepReport;
import org.explain4j.reports.runs.Accuracy;
import org.explain4j.reports.runs.ExplainerRun;
import org.explain4j.reports.runs.MeanRank;
import org.explain4j.reports.runs.MetricAgreement;
import org.explain4j.reports.runs.MetricRank;
import org.explain4j.reports.runs.RankingTest;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;
import org.explain4j.reports.runs.SweptRun;

/**
 * The runs of a sweep, each in a folder of its own, and what they say together: the methods ranked
 * over the metrics of all runs.
 *
 * @param root the sweep's folder
 * @param experiment before its settings are swept
 */
public record Sweep(Path root, Experiment experiment) {

  /** The folder of one run. */
  public Path folder(Combination combination) {
    return root.resolve(FileNames.of(combination.label()));
  }

  /** The folders of all. */
  public List<Path> folders() {
    return Combination.of(experiment.matrix()).stream().map(this::folder).toList();
  }

  /**
   * Writes the tables over all runs, and the report.
   *
   * @return the report's page
   * @throws IOException if a run's files cannot be read or the page cannot be written
   */
  public Path write(RunOutput output) throws IOException {
    List<SweptRun> runs = new ArrayList<>();
    List<Judged> metrics = new ArrayList<>();
    Map<String, ExplainerRun> methods = new LinkedHashMap<>();
    for (Combination combination : Combination.of(experiment.matrix())) {
      RunDirectory run = RunDirectory.of(folder(combination));
      List<Accuracy> accuracy = run.rows(RunTable.ACCURACY);
      runs.add(
          new SweptRun(
              combination.label(),
              FileNames.of(combination.label()),
              accuracy.isEmpty() ? Double.NaN : accuracy.get(0).share(),
              run.failures().size()));
      metrics.addAll(Judged.of(run.path(), run.scores(), combination.label()));
      run.explainers().forEach(row -> methods.putIfAbsent(row.explainer(), row));
    }
    write(output, RunTable.SETTINGS, runs);
    write(output, RunTable.EXPLAINERS, List.copyOf(methods.values()));
    rank(output, groups(methods), metrics);
    return SweepReport.write(output.root());
  }

  private static Map<Group, List<String>> groups(Map<String, ExplainerRun> methods) {
    Map<Group, List<String>> groups = new TreeMap<>();
    methods.forEach(
        (label, row) -> groups.computeIfAbsent(row.group(), g -> new ArrayList<>()).add(label));
    return groups;
  }

  private void rank(RunOutput output, Map<Group, List<String>> groups, List<Judged> metrics) {
    List<MetricRank> ranks = new ArrayList<>();
    List<MetricAgreement> agreement = new ArrayList<>();
    List<RankingTest> tests = new ArrayList<>();
    List<MeanRank> means = new ArrayList<>();
    groups.forEach(
        (group, methods) -> {
          Ranking ranking = new Ranking(group, methods, metrics);
          ranks.addAll(ranking.ranks());
          agreement.addAll(ranking.agreement());
          if (ranking.isPossible()) {
            tests.add(ranking.test());
            means.addAll(ranking.means(experiment.comparisons().resamples(), experiment.seed()));
          }
        });
    write(output, RunTable.RANKS, ranks);
    write(output, RunTable.METRIC_AGREEMENT, agreement);
    write(output, RunTable.RANKING_TESTS, tests);
    write(output, RunTable.RANKINGS, means);
  }

  private static <R extends Record> void write(RunOutput output, RunTable<R> table, List<R> rows) {
    output.write(table.file(), table.csv(rows));
  }
}
