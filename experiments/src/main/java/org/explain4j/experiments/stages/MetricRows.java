package org.explain4j.experiments.stages;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.explain4j.api.Metric;
import org.explain4j.experiments.configuration.Configured;
import org.explain4j.experiments.results.Cell;
import org.explain4j.experiments.statistics.Bootstrap;
import org.explain4j.reports.runs.Band;
import org.explain4j.reports.runs.CurveAxes;
import org.explain4j.reports.runs.CurvePoint;
import org.explain4j.reports.runs.RunTable;
import org.explain4j.reports.runs.Score;
import org.nd4j.linalg.factory.Nd4j;

/** The rows and files that tell of one metric's result. */
record MetricRows(Configured<Metric> metric, Cell cell, Bootstrap bootstrap) {
  /** A method's values, one per image. */
  void method(String explainer, Metric.Result result) {
    for (Metric.Score score : result.scores()) {
      cell.array(file("scores", score.name(), explainer), Nd4j.createFromArray(score.values()));
      score(explainer, score, bootstrap.mean(score.values()));
    }
    for (Metric.Curve curve : result.curves()) {
      cell.array(file("curves", curve.name(), explainer), Nd4j.createFromArray(curve.values()));
      curve(explainer, curve, bootstrap.means(curve.values(), curve.x().length));
    }
    axes(result);
  }

  /** A baseline's values, one per seed: the band is over the seeds themselves. */
  void baseline(Metric.Result result) {
    for (Metric.Score score : result.scores()) {
      double[] present = Arrays.stream(score.values()).filter(v -> !Double.isNaN(v)).toArray();
      score(Score.BASELINE, score, Bootstrap.band(present, present));
    }
    for (Metric.Curve curve : result.curves()) {
      Band[] bands = new Band[curve.x().length];
      for (int point = 0; point < bands.length; point++) {
        double[] seeds = Bootstrap.column(curve.values(), point);
        bands[point] = Bootstrap.band(seeds, seeds);
      }
      curve(Score.BASELINE, curve, bands);
    }
    axes(result);
  }

  private void score(String explainer, Metric.Score score, Band band) {
    long missing = Arrays.stream(score.values()).filter(Double::isNaN).count();
    cell.row(
        RunTable.SCORES,
        new Score(
            metric.label(),
            metric.extension().family(),
            score.name(),
            score.direction() == Metric.Direction.LOWER_IS_BETTER ? "lower" : "higher",
            explainer,
            band,
            score.values().length,
            missing));
  }

  private void curve(String explainer, Metric.Curve curve, Band[] bands) {
    String name = curve.name();
    int values = curve.values().length;
    for (int i = 0; i < bands.length; i++) {
      double x = curve.x()[i];
      cell.row(
          RunTable.CURVES, new CurvePoint(metric.label(), name, explainer, i, x, bands[i], values));
    }
  }

  private void axes(Metric.Result result) {
    for (Metric.Curve curve : result.curves()) {
      cell.row(
          RunTable.CURVE_AXES,
          new CurveAxes(metric.label(), curve.name(), curve.xLabel(), curve.yLabel()));
    }
  }

  private String file(String folder, String name, String explainer) {
    return "%s/%s.%s.%s.npy".formatted(folder, metric.label(), name, explainer);
  }

  /** Results of several batches as one. */
  static Metric.Result joined(List<Metric.Result> results) {
    Metric.Result first = results.get(0);
    List<Metric.Score> scores = new ArrayList<>();
    for (int i = 0; i < first.scores().size(); i++) {
      int index = i;
      double[] values =
          results.stream()
              .flatMapToDouble(r -> Arrays.stream(r.scores().get(index).values()))
              .toArray();
      Metric.Score score = first.scores().get(i);
      scores.add(new Metric.Score(score.name(), score.direction(), values));
    }
    List<Metric.Curve> curves = new ArrayList<>();
    for (int i = 0; i < first.curves().size(); i++) {
      int index = i;
      double[][] values =
          results.stream()
              .flatMap(r -> Arrays.stream(r.curves().get(index).values()))
              .toArray(double[][]::new);
      Metric.Curve curve = first.curves().get(i);
      curves.add(new Metric.Curve(curve.name(), curve.xLabel(), curve.yLabel(), curve.x(), values));
    }
    return new Metric.Result(scores, curves);
  }
}
