package org.explain4j.experiments.stages;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.explain4j.api.Metric;

/** Results of a metric put together. */
final class MetricResults {
  private MetricResults() {}

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
      scores.add(new Metric.Score(score.name(), score.direction(), score.margin(), values));
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

  /** Results of the same examples as one: each value is their mean. */
  static Metric.Result mean(List<Metric.Result> results) {
    Metric.Result first = results.get(0);
    List<Metric.Score> scores = new ArrayList<>();
    for (int i = 0; i < first.scores().size(); i++) {
      int index = i;
      Metric.Score score = first.scores().get(i);
      double[] mean = ofRows(results.stream().map(r -> r.scores().get(index).values()).toList());
      scores.add(new Metric.Score(score.name(), score.direction(), score.margin(), mean));
    }
    List<Metric.Curve> curves = new ArrayList<>();
    for (int i = 0; i < first.curves().size(); i++) {
      int index = i;
      Metric.Curve curve = first.curves().get(i);
      double[][] values = new double[curve.values().length][];
      for (int example = 0; example < values.length; example++) {
        int row = example;
        values[row] =
            ofRows(results.stream().map(r -> r.curves().get(index).values()[row]).toList());
      }
      curves.add(new Metric.Curve(curve.name(), curve.xLabel(), curve.yLabel(), curve.x(), values));
    }
    return new Metric.Result(scores, curves);
  }

  private static double[] ofRows(List<double[]> rows) {
    double[] mean = new double[rows.get(0).length];
    for (double[] row : rows) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += row[i] / rows.size();
      }
    }
    return mean;
  }
}
