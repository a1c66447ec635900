package com.example;

import java.util.Arrays;
import java.util.List;
import org.explain4j.api.Metric;

/**
 * Hoyer's sparseness (Hoyer 2004, JMLR 5, Eq. 1) of the absolute attribution: 0 where all d inputs
 * count the same, 1 where one input is all. Higher is better. Missing (NaN) where nothing is
 * attributed to any input.
 */
public record Hoyer() implements Metric {

  @Override
  public String id() {
    return "hoyer-sparseness";
  }

  @Override
  public String summary() {
    return "Ratio of the norms of an attribution (Hoyer 2004)";
  }

  @Override
  public String family() {
    return "complexity";
  }

  @Override
  public Result evaluate(Evaluation evaluation) {
    double[] values = new double[evaluation.classes().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = sparseness(evaluation.attributions().slice(i).dup('c').data().asDouble());
    }
    return new Result(
        List.of(new Score("sparseness", Direction.HIGHER_IS_BETTER, values)), List.of());
  }

  private static double sparseness(double... attribution) {
    double sum = Arrays.stream(attribution).map(Math::abs).sum();
    double norm = Math.sqrt(Arrays.stream(attribution).map(value -> value * value).sum());
    double root = Math.sqrt(attribution.length);
    return (root - sum / norm) / (root - 1);
  }
}
