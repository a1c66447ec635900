package org.explain4j.metrics.faithfulness;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.explain4j.api.Metric.Curve;
import org.explain4j.api.Metric.Direction;
import org.explain4j.api.Metric.Score;

/** Curves of outputs, one per example, and their scores. */
final class Curves {
  private Curves() {}

  /** The area under a curve over [0,1] by the trapezoidal rule; missing (NaN) without any step. */
  static double area(double... curve) {
    int steps = curve.length - 1;
    return (Arrays.stream(curve).sum() - (curve[0] + curve[steps]) / 2) / steps;
  }

  static double mean(double... curve) {
    return Arrays.stream(curve).average().orElseThrow();
  }

  /** The mean drop from the first point, which itself counts (Samek et al., Eq. 12). */
  static double meanDrop(double... curve) {
    return mean(Arrays.stream(curve).map(output -> curve[0] - output).toArray());
  }

  static double[][] difference(double[][] a, double[][] b) {
    double[][] difference = new double[a.length][];
    for (int i = 0; i < a.length; i++) {
      int row = i;
      difference[i] =
          IntStream.range(0, a[i].length).mapToDouble(p -> a[row][p] - b[row][p]).toArray();
    }
    return difference;
  }

  /** A number of each curve. */
  @FunctionalInterface
  interface Summary {
    double of(double... curve);
  }

  static double[] each(double[][] curves, Summary summary) {
    return Arrays.stream(curves).mapToDouble(summary::of).toArray();
  }

  /** A score in units of the output that was read. */
  static Score score(String name, Direction direction, ReadOut readOut, double... values) {
    return new Score(name, direction, readOut.margin(), values);
  }

  /** A curve over the share of features that are replaced. */
  static Curve curve(String name, String xLabel, ReadOut readOut, int[] counts, double[][] values) {
    int last = counts[counts.length - 1];
    double[] shares = IntStream.of(counts).mapToDouble(count -> (double) count / last).toArray();
    return new Curve(name, xLabel, readOut.label(), shares, values);
  }
}
