package com.example;

import java.util.Arrays;
import java.util.List;
import org.explain4j.api.Metric;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Sparseness (Chalasani et al. 2020, arXiv 1810.06583): the Gini index of the absolute attribution,
 * 0 where all inputs count the same, nearly 1 where one input is all. Missing (NaN) where nothing is
 * attributed to any input.
 */
public record Sparseness() implements Metric {

  @Override
  public String id() {
    return "sparseness";
  }

  @Override
  public String summary() {
    return "Gini index of the absolute attribution (Chalasani et al. 2020)";
  }

  @Override
  public String family() {
    return "complexity";
  }

  @Override
  public Result evaluate(Evaluation evaluation) {
    double[] values = new double[evaluation.classes().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = gini(evaluation.attributions().slice(i));
    }
    return new Result(
        List.of(new Score("gini-index", Direction.HIGHER_IS_BETTER, values)), List.of());
  }

  private static double gini(INDArray attribution) {
    double[] sizes = Arrays.stream(attribution.dup('c').data().asDouble()).map(Math::abs).toArray();
    Arrays.sort(sizes);
    double total = Arrays.stream(sizes).sum();
    double weighted = 0;
    for (int k = 0; k < sizes.length; k++) {
      weighted += sizes[k] / total * (sizes.length - k - 0.5) / sizes.length;
    }
    return 1 - 2 * weighted;
  }
}
