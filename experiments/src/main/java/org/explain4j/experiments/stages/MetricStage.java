package org.explain4j.experiments.stages;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.explain4j.api.Metric;
import org.explain4j.experiments.configuration.Configured;
import org.explain4j.experiments.results.Cell;
import org.explain4j.experiments.results.CellHash;
import org.explain4j.experiments.setup.Returned;
import org.explain4j.experiments.setup.Run;
import org.explain4j.experiments.statistics.Bootstrap;
import org.explain4j.network.arrays.Batches;
import org.explain4j.reports.runs.MetricNote;
import org.explain4j.reports.runs.RunTable;
import org.explain4j.reports.runs.Score;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every metric of every method, one cell each, and each metric's baseline. */
final class MetricStage {
  private static final String NAME = "metrics";

  private final Run run;
  private final ExplainedImages images;
  private final List<Explained> methods;

  MetricStage(Run run, ExplainedImages images, List<Explained> methods) {
    this.run = run;
    this.images = images;
    this.methods = methods;
  }

  void run() {
    for (Configured<Metric> metric : run.experiment().metrics()) {
      String hash = CellHash.of(images.hash(), metric.label(), Run.hash(metric.extension()));
      run.progress().begin(metric.label(), methods.size(), "methods");
      baseline(metric, hash);
      List<String> evaluated = new ArrayList<>();
      for (int i = 0; i < methods.size(); i++) {
        Explained method = methods.get(i);
        run.progress().step(metric.label(), i, methods.size(), method.explainer().label());
        boolean ok =
            run.ledger()
                .cell(
                    NAME,
                    metric.label() + " " + method.explainer().label(),
                    CellHash.of(hash, method.hash(), resampling()),
                    cell -> evaluate(cell, metric, method))
                .isEmpty();
        if (ok) {
          evaluated.add(method.hash());
        }
      }
      run.progress().step(metric.label(), methods.size(), methods.size(), "");
      run.progress().begin("comparing the methods by " + metric.label(), 0, "");
      new ComparisonStage(run, metric, methods)
          .run(CellHash.of(hash, evaluated, run.experiment().seed()));
    }
    margins();
    run.ledger().publish(RunTable.CURVE_AXES, axes -> axes.stream().distinct().toList());
  }

  /** What intervals depend on. */
  private String resampling() {
    return run.experiment().seed() + " " + run.experiment().comparisons().resamples();
  }

  /** Refuses a margin for a score that no metric gives: it would have no effect. */
  private void margins() {
    Set<String> given = new TreeSet<>();
    run.ledger().rows(RunTable.SCORES).forEach(score -> given.add(score.score()));
    Set<String> set = run.experiment().comparisons().margins().keySet();
    if (!given.isEmpty() && !given.containsAll(set)) {
      run.ledger()
          .cell(
              NAME,
              "margins",
              CellHash.of(set, given),
              cell -> {
                throw new IllegalArgumentException(
                    String.format(
                        Locale.ROOT,
                        "comparisons.margins names %s, but the scores are %s.",
                        set,
                        given));
              });
    }
  }

  private void baseline(Configured<Metric> metric, String hash) {
    run.ledger()
        .cell(
            NAME,
            metric.label() + " " + Score.BASELINE,
            CellHash.of(hash, Score.BASELINE, resampling()),
            cell -> {
              metric
                  .extension()
                  .notes(run.network())
                  .forEach(
                      (key, value) ->
                          cell.row(RunTable.NOTES, new MetricNote(metric.label(), key, value)));
              baseline(metric, cell);
            });
  }

  /**
   * Batch by batch: for each example the mean over the seeds is kept, for scores also each seed's
   * value.
   */
  private void baseline(Configured<Metric> metric, Cell cell) {
    List<Metric.Result> means = new ArrayList<>();
    List<List<Metric.Result>> seeds = new ArrayList<>();
    int batch = run.experiment().batch();
    for (int from = 0; from < images.size(); from += batch) {
      int to = Math.min(images.size(), from + batch);
      int count = to - from;
      try (INDArray inputs = images.inputs(from, to)) {
        List<Metric.Result> results =
            metric.extension().baseline(run.network(), inputs, images.classes(from, to));
        Returned.notNull(results, metric.extension())
            .forEach(result -> Returned.result(result, metric.extension(), count));
        for (int seed = 0; seed < results.size(); seed++) {
          if (from == 0) {
            seeds.add(new ArrayList<>());
          }
          seeds.get(seed).add(new Metric.Result(results.get(seed).scores(), List.of()));
        }
        if (!results.isEmpty()) {
          means.add(MetricResults.mean(results));
        }
      }
    }
    if (!means.isEmpty()) {
      rows(metric, cell)
          .baseline(
              MetricResults.joined(means), seeds.stream().map(MetricResults::joined).toList());
    }
  }

  private void evaluate(Cell cell, Configured<Metric> metric, Explained method) {
    List<Metric.Result> results = new ArrayList<>();
    int batch = run.experiment().batch();
    try (INDArray attributions = method.attributions().get()) {
      for (int from = 0; from < images.size(); from += batch) {
        int to = Math.min(images.size(), from + batch);
        try (INDArray inputs = images.inputs(from, to);
            INDArray part = Batches.slice(attributions, from, to)) {
          Metric.Evaluation evaluation =
              new Metric.Evaluation(
                  run.network(), inputs, images.classes(from, to), method.attributor().get(), part);
          Metric.Result result = metric.extension().evaluate(evaluation);
          results.add(Returned.result(result, metric.extension(), to - from));
        }
      }
    }
    rows(metric, cell).method(method.explainer().label(), MetricResults.joined(results));
  }

  private MetricRows rows(Configured<Metric> metric, Cell cell) {
    return new MetricRows(
        metric,
        cell,
        new Bootstrap(run.experiment().comparisons().resamples(), run.experiment().seed()));
  }
}
