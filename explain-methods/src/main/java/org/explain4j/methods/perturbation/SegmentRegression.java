package org.explain4j.methods.perturbation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.explain4j.api.ExampleBatch;

/** Regressions of a network's output on which segments of each example are left. */
final class SegmentRegression {
  /** Keeps the Shapley equations solvable if there are few coalitions; relative to their number. */
  private static final double RIDGE = 1e-9;

  private final ExampleBatch examples;
  private final List<Coalitions> coalitions = new ArrayList<>();

  SegmentRegression(
      ExampleBatch examples, Segmentation segmentation, int size, List<Double> baseline) {
    this.examples = examples;
    for (int i = 0; i < examples.count(); i++) {
      double[] example =
          Arrays.copyOfRange(
              examples.values(), examples.start(i), examples.start(i) + examples.size());
      int[] segments = segmentation.of(examples.classifier(), example, size);
      coalitions.add(Coalitions.of(examples, i, segments, baseline));
    }
  }

  double[] lime(Lime settings) {
    List<LeastSquares> models =
        coalitions.stream().map(c -> new LeastSquares(c.count() + 1)).toList();
    examples.each(
        settings.samples(),
        (example, sample, target) ->
            coalitions.get(example).write(coin(example, sample, settings.seed()), target),
        settings.output().of(examples),
        (example, sample, rows, offset) -> {
          boolean[] left = coin(example, sample, settings.seed());
          double[] x = new double[left.length + 1];
          x[left.length] = 1; // the intercept
          int size = 0;
          for (int i = 0; i < left.length; i++) {
            x[i] = left[i] ? 1 : 0;
            size += left[i] ? 1 : 0;
          }
          double distance = 1 - Math.sqrt((double) size / left.length);
          double scaled = distance / settings.width();
          models.get(example).add(x, rows[offset], Math.sqrt(Math.exp(-scaled * scaled)));
        });
    double[] result = new double[examples.values().length];
    for (int i = 0; i < examples.count(); i++) {
      Coalitions segments = coalitions.get(i);
      double[] solution = models.get(i).solve(settings.ridge(), segments.count());
      segments.spread(solution, result, examples.start(i));
    }
    return result;
  }

  /** Each segment with probability 1/2; the whole example first. */
  private boolean[] coin(int example, int sample, long seed) {
    boolean[] left = new boolean[coalitions.get(example).count()];
    SplittableRandom random = examples.random(example, seed, sample);
    for (int i = 0; i < left.length; i++) {
      left[i] = sample == 0 || random.nextBoolean();
    }
    return left;
  }

  double[] shapley(KernelShap settings) {
    double[] full = new double[examples.count()];
    double[] empty = new double[examples.count()];
    List<LeastSquares> models =
        coalitions.stream().map(c -> new LeastSquares(c.count() - 1)).toList();
    examples.each(
        2 + settings.samples(),
        (example, sample, target) ->
            coalitions.get(example).write(coalition(example, sample, settings), target),
        settings.output().of(examples),
        (example, sample, rows, offset) -> {
          if (sample == 0) {
            full[example] = rows[offset];
          } else if (sample == 1) {
            empty[example] = rows[offset];
          } else {
            // The last segment's value is what the others leave: the constraint solved for it.
            boolean[] left = coalition(example, sample, settings);
            double last = left[left.length - 1] ? 1 : 0;
            double[] x = new double[left.length - 1];
            for (int i = 0; i < x.length; i++) {
              x[i] = (left[i] ? 1 : 0) - last;
            }
            double rest = rows[offset] - empty[example] - last * (full[example] - empty[example]);
            models.get(example).add(x, rest, 1);
          }
        });
    double[] result = new double[examples.values().length];
    for (int i = 0; i < examples.count(); i++) {
      Coalitions segments = coalitions.get(i);
      double[] values = new double[segments.count()];
      if (values.length > 1) {
        double[] solution = models.get(i).solve(RIDGE * settings.samples(), values.length - 1);
        System.arraycopy(solution, 0, values, 0, solution.length);
      }
      values[values.length - 1] = full[i] - empty[i] - Arrays.stream(values).sum();
      segments.spread(values, result, examples.start(i));
    }
    return result;
  }

  /** Full, empty, then pairs: a coalition by the Shapley kernel and its complement. */
  private boolean[] coalition(int example, int sample, KernelShap settings) {
    boolean[] left = new boolean[coalitions.get(example).count()];
    if (sample < 2 || left.length < 2) {
      Arrays.fill(left, sample == 0);
      return left;
    }
    SplittableRandom random = examples.random(example, settings.seed(), sample / 2);
    int remaining = size(left.length, random.nextDouble());
    for (int i = 0; i < left.length; i++) {
      if (random.nextInt(left.length - i) < remaining) {
        left[i] = true;
        remaining--;
      }
    }
    if (sample % 2 == 1) {
      for (int i = 0; i < left.length; i++) {
        left[i] = !left[i];
      }
    }
    return left;
  }

  /** A size s with probability in proportion to 1 / (s (M - s)). */
  private static int size(int segments, double uniform) {
    double total = 0;
    for (int s = 1; s < segments; s++) {
      total += 1.0 / ((double) s * (segments - s));
    }
    double sum = 0;
    for (int s = 1; s < segments; s++) {
      sum += 1.0 / ((double) s * (segments - s)) / total;
      if (uniform < sum) {
        return s;
      }
    }
    return segments - 1;
  }
}
