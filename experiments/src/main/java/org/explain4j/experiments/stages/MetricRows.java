package org.explain4j.experiments.stages;

import java.util.Arrays;
import java.util.List;
import org.explain4j.api.Metric;
import org.explain4j.experiments.configuration.Configured;
import org.explain4j.experiments.results.Cell;
import org.explain4j.experiments.results.FileNames;
import org.explain4j.experiments.statistics.Bootstrap;
import org.explain4j.experiments.statistics.Estimate;
import org.explain4j.reports.runs.CurveAxes;
import org.explain4j.reports.runs.CurvePoint;
import org.explain4j.reports.runs.RunTable;
import org.explain4j.reports.runs.Score;
import org.nd4j.linalg.factory.Nd4j;

/** The rows and files that hold one metric's result. */
record MetricRows(Configured<Metric> metric, Cell cell, Bootstrap bootstrap) {
  private static final String BASELINE_SEEDS = "(baseline seeds)";

  /** A method's values, one per image. */
  void method(String explainer, Metric.Result result) {
    for (Metric.Score score : result.scores()) {
      score(explainer, score, new double[0]);
    }
    curves(explainer, result);
  }

  /**
   * A baseline's values: for each image the mean over the seeds, which methods are compared with,
   * and beside it how much the choice of seeds matters.
   */
  void baseline(Metric.Result means, List<Metric.Result> seeds) {
    for (int s = 0; s < means.scores().size(); s++) {
      int index = s;
      double[][] values =
          seeds.stream().map(seed -> seed.scores().get(index).values()).toArray(double[][]::new);
      Metric.Score score = means.scores().get(s);
      cell.array(file("scores", score.name(), BASELINE_SEEDS), Nd4j.createFromArray(values));
      double[] ofSeeds = Arrays.stream(values).mapToDouble(v -> bootstrap.mean(v).mean()).toArray();
      score(Score.BASELINE, score, ofSeeds);
    }
    curves(Score.BASELINE, means);
  }

  /**
   * @param seeds for a baseline, the mean of each seed
   */
  private void score(String explainer, Metric.Score score, double[] seeds) {
    cell.array(file("scores", score.name(), explainer), Nd4j.createFromArray(score.values()));
    Estimate estimate = bootstrap.mean(score.values());
    Estimate ofSeeds = bootstrap.mean(seeds);
    cell.row(
        RunTable.SCORES,
        new Score(
            metric.label(),
            metric.extension().family(),
            score.name(),
            score.direction() == Metric.Direction.LOWER_IS_BETTER ? "lower" : "higher",
            explainer,
            estimate.band(),
            score.values().length,
            estimate.missing(),
            score.margin(),
            ofSeeds.low(),
            ofSeeds.high()));
  }

  private void curves(String explainer, Metric.Result result) {
    for (Metric.Curve curve : result.curves()) {
      cell.array(file("curves", curve.name(), explainer), Nd4j.createFromArray(curve.values()));
      Estimate[] points = bootstrap.means(curve.values(), curve.x().length);
      for (int i = 0; i < points.length; i++) {
        cell.row(
            RunTable.CURVES,
            new CurvePoint(
                metric.label(),
                curve.name(),
                explainer,
                i,
                curve.x()[i],
                points[i].band(),
                curve.values().length));
      }
      cell.row(
          RunTable.CURVE_AXES,
          new CurveAxes(metric.label(), curve.name(), curve.xLabel(), curve.yLabel()));
    }
  }

  private String file(String folder, String name, String explainer) {
    return FileNames.values(folder, metric.label(), name, explainer);
  }
}
