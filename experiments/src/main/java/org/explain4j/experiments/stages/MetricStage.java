package org.explain4j.experiments.stages;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.explain4j.api.Explainer;
import org.explain4j.api.Metric;
import org.explain4j.api.Metric.Shared;
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
  static final String NAME = "metrics";

  private final Run run;
  private final ExplainedImages explained;
  private final List<Explained> methods;
  private final Binding binding;
  private final Map<Integer, Shared> parts = new HashMap<>(); // of one metric, by first image
  private ExplainedImages images; // that the metric judges

  MetricStage(Run run, ExplainedImages images, List<Explained> methods, Binding binding) {
    this.run = run;
    this.explained = images;
    this.images = images;
    this.methods = methods;
    this.binding = binding;
  }

  /** The name of the cell of a metric and a method. */
  static String cell(Configured<Metric> metric, String explainer) {
    return metric.label() + " " + explainer;
  }

  void run() {
    MetricCosts costs = new MetricCosts(run.setup());
    for (Configured<Metric> metric : run.experiment().metrics()) {
      if (!costs.isAllowed(metric.extension())) {
        String why = costs.refusal(metric.extension());
        String family = metric.extension().family();
        run.ledger().row(RunTable.NOTES, MetricNote.notRun(metric.label(), why, family));
        continue;
      }
      judge(metric, costs);
    }
    margins();
    run.ledger().publish(RunTable.CURVE_AXES, axes -> axes.stream().distinct().toList());
  }

  private void judge(Configured<Metric> metric, MetricCosts costs) {
    parts.clear();
    images = explained.first(metric.images(explained.size()));
    List<Explained> judged = allowed(metric, costs);
    String hash =
        CellHash.of(
            images.hash(),
            run.experiment().explain().reference(),
            metric.label(),
            Run.hash(metric.extension()));
    long total = (long) judged.size() * images.size();
    run.progress().begin(metric.label(), total, "images");
    baseline(metric, hash);
    List<String> evaluated = new ArrayList<>();
    for (int i = 0; i < judged.size(); i++) {
      Explained method = judged.get(i);
      Done done = new Done((long) i * images.size(), total);
      boolean ok =
          run.ledger()
              .cell(
                  NAME,
                  cell(metric, method.explainer().label()),
                  CellHash.of(hash, method.hash(), resampling()),
                  cell -> evaluate(cell, metric, method, done))
              .isEmpty();
      if (ok) {
        evaluated.add(method.hash());
      }
    }
    run.progress().step(metric.label(), total, total, "");
    run.progress().begin("comparing the methods by " + metric.label(), 0, "");
    new ComparisonStage(run, metric, judged)
        .run(CellHash.of(hash, evaluated, run.experiment().seed()));
  }

  /** The methods whose explanations are cheap enough for a metric; says of the others why not. */
  private List<Explained> allowed(Configured<Metric> metric, MetricCosts costs) {
    String family = metric.extension().family();
    List<Explained> allowed = new ArrayList<>();
    for (Explained method : methods) {
      Configured<Explainer> explainer = method.explainer();
      if (costs.isAllowed(metric.extension(), explainer)) {
        allowed.add(method);
      } else {
        String why = costs.refusal(explainer);
        run.ledger()
            .row(
                RunTable.NOTES,
                MetricNote.notRunFor(explainer.label(), metric.label(), why, family));
      }
    }
    return allowed;
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
            cell(metric, Score.BASELINE),
            CellHash.of(hash, Score.BASELINE, resampling()),
            cell -> {
              String family = metric.extension().family();
              String summary = metric.extension().summary();
              cell.row(RunTable.NOTES, MetricNote.measures(metric.label(), summary, family));
              metric
                  .extension()
                  .notes(run.network())
                  .forEach(
                      (key, value) ->
                          cell.row(
                              RunTable.NOTES, MetricNote.of(metric.label(), key, value, family)));
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
    int batch = MetricResults.size(metric.extension(), images.size(), run.experiment().batch());
    for (int from = 0; from < images.size(); from += batch) {
      int to = Math.min(images.size(), from + batch);
      int count = to - from;
      try (INDArray inputs = images.inputs(from, to)) {
        List<Metric.Result> results = metric.extension().baseline(part(inputs, from, to));
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

  /**
   * How far a metric is.
   *
   * @param before images of the methods before
   */
  private record Done(long before, long total) {}

  private void evaluate(Cell cell, Configured<Metric> metric, Explained method, Done done) {
    String label = method.explainer().label();
    try (INDArray attributions = method.attributions().get()) {
      Metric.Result result =
          MetricResults.inBatches(
              metric.extension(),
              images.size(),
              run.experiment().batch(),
              (from, to) -> {
                run.progress().step(metric.label(), done.before() + from, done.total(), label);
                try (INDArray inputs = images.inputs(from, to);
                    INDArray part = Batches.slice(attributions, from, to)) {
                  Metric.Explained explained =
                      new Metric.Explained(method.attributor().get(), part, method.rebinding());
                  return metric
                      .extension()
                      .evaluate(new Metric.Evaluation(part(inputs, from, to), explained));
                }
              });
      rows(metric, cell).method(label, result);
    }
  }

  private Metric.Images part(INDArray inputs, int from, int to) {
    Shared shared = parts.computeIfAbsent(from, first -> new Shared());
    Metric.Known known = new Metric.Known(images.masks(from, to), Optional.of(binding.reference()));
    return new Metric.Images(run.network(), inputs, images.classes(from, to), known, shared);
  }

  private MetricRows rows(Configured<Metric> metric, Cell cell) {
    return new MetricRows(
        metric,
        cell,
        new Bootstrap(run.experiment().comparisons().resamples(), run.experiment().seed()));
  }
}
