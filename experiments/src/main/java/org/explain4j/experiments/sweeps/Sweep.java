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
import org.explain4j.experiments.rankings.Rankings;
import org.explain4j.experiments.results.FileNames;
import org.explain4j.experiments.results.RunOutput;
import org.explain4j.reports.SweepReport;
import org.explain4j.reports.runs.Accuracy;
import org.explain4j.reports.runs.ExplainerRun;
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
    int resamples = experiment.comparisons().resamples();
    new Rankings(groups, resamples, experiment.seed())
        .of(
            metrics,
            new Rankings.Tables() {
              @Override
              public <R extends Record> void write(RunTable<R> table, List<R> rows) {
                Sweep.write(output, table, rows);
              }
            });
  }

  private static <R extends Record> void write(RunOutput output, RunTable<R> table, List<R> rows) {
    output.write(table.file(), table.csv(rows));
  }
}
