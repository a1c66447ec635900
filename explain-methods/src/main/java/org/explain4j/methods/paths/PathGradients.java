package org.explain4j.methods.paths;

import org.explain4j.api.Attributor;
import org.explain4j.api.ExampleBatch;

/**
 * Sums of {@code weight (x - x') grad f_c(x' + a (x - x'))} over points on the paths from baselines
 * x' to each example x.
 *
 * @param baselines one after another, in C order
 */
record PathGradients(Attributor gradient, double[] baselines) {

  /**
   * A point on a path.
   *
   * @param baseline its number
   * @param place a, 0 at the baseline and 1 at the example
   */
  record Point(int baseline, double place, double weight) {}

  /** The points on an example's paths. */
  interface Path {
    Point point(int example, int sample);
  }

  double[] sum(ExampleBatch examples, int samples, Path path) {
    double[] x = examples.values();
    double[] sums = new double[x.length];
    examples.each(
        samples,
        (example, sample, target) -> {
          Point point = path.point(example, sample);
          int from = point.baseline() * examples.size();
          for (int i = 0; i < examples.size(); i++) {
            double way = x[examples.start(example) + i] - baselines[from + i];
            target[i] = baselines[from + i] + point.place() * way;
          }
        },
        (batch, classes) -> gradient.explain(batch, classes).undivided(),
        (example, sample, rows, offset) -> {
          Point point = path.point(example, sample);
          int from = point.baseline() * examples.size();
          for (int i = 0; i < examples.size(); i++) {
            double way = x[examples.start(example) + i] - baselines[from + i];
            sums[examples.start(example) + i] += point.weight() * way * rows[offset + i];
          }
        });
    return sums;
  }
}
