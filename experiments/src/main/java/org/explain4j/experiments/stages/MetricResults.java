package org.explain4j.experiments.stages;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.explain4j.api.Metric;
import org.explain4j.experiments.setup.Returned;

/** Results of a metric put together. */
final class MetricResults {
  private MetricResults() {}

  /** Evaluates the images of a batch. */
  @FunctionalInterface
  interface Part {
    Metric.Result of(int from, int to);
  }

  /**
   * A metric's result for all images, a batch at a time, or all at once where they are judged as a
   * set.
   *
   * @throws IllegalStateException if the metric does not return one value for each image
   */
  static Metric.Result inBatches(Metric metric, int images, int batch, Part part) {
    List<Metric.Result> results = new ArrayList<>();
    int size = size(metric, images, batch);
    for (int from = 0; from < images; from += size) {
      int to = Math.min(images, from + size);
      results.add(Returned.result(part.of(from, to), metric, to - from));
    }
    return joined(results);
  }

  /** How many images a metric is asked about at a time. */
  static int size(Metric metric, int images, int batch) {
    return metric.isOfSet() ? images : batch;
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
