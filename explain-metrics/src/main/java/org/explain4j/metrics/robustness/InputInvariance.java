package org.explain4j.metrics.robustness;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.explain4j.api.Metric;
import org.explain4j.api.Metric.Rebinding.PatternUse;
import org.explain4j.metrics.features.Maps;
import org.explain4j.metrics.features.Vectors;
import org.explain4j.network.Classifier;
import org.explain4j.network.Network;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Input invariance (Kindermans et al. 2017, arXiv 1711.00867): a constant is added to the input,
 * and the first layer's bias takes it away again, so that the network computes the same. The
 * explanation should be the same.
 *
 * <p>{@code max-difference}: the largest absolute difference; {@code relative-difference}: its
 * Euclidean norm relative to the explanation's, missing where that is 0. Lower is better. Methods
 * with a baseline of their own, such as integrated gradients, keep it. Missing for a method that
 * cannot be bound to another network, and where something else than layers with weights sees the
 * input.
 *
 * @param shift what is added to every value
 */
public record InputInvariance(double shift) implements Metric {
  public InputInvariance() {
    this(-1);
  }

  public InputInvariance {
    if (!Double.isFinite(shift) || shift == 0) {
      throw new IllegalArgumentException("The shift (" + shift + ") must be a number but 0.");
    }
  }

  @Override
  public String id() {
    return "input-invariance";
  }

  @Override
  public String summary() {
    return "Change of the explanation when the network undoes a shift of the input (Kindermans et al. 2017)";
  }

  @Override
  public String family() {
    return "axioms";
  }

  @Override
  public Cost cost(Classifier classifier) {
    return new Cost(0, 1);
  }

  @Override
  public Result evaluate(Evaluation evaluation) {
    double[][] maps = Maps.rows(evaluation.attributions());
    double[] largest = new double[maps.length];
    double[] relative = new double[maps.length];
    Arrays.fill(largest, Double.NaN);
    Arrays.fill(relative, Double.NaN);
    Optional<Network> compensated = Compensation.of(evaluation.network(), shift);
    if (compensated.isPresent()) {
      double[][] others = shifted(evaluation, compensated.get());
      for (int i = 0; i < maps.length; i++) {
        double[] map = maps[i];
        double[] other = others[i];
        largest[i] =
            IntStream.range(0, map.length)
                .mapToDouble(p -> Math.abs(map[p] - other[p]))
                .max()
                .orElse(0);
        relative[i] = Vectors.quotient(Vectors.distance(map, other), Vectors.norm(map));
      }
    }
    return new Result(
        List.of(
            new Score("max-difference", Direction.LOWER_IS_BETTER, largest),
            new Score("relative-difference", Direction.LOWER_IS_BETTER, relative)),
        List.of());
  }

  private double[][] shifted(Evaluation evaluation, Network compensated) {
    try (INDArray inputs = evaluation.inputs().add(shift);
        INDArray maps =
            evaluation
                .explained()
                .rebinding()
                .bind(compensated, PatternUse.KEPT)
                .attribute(inputs, evaluation.classes())) {
      return Maps.rows(maps);
    }
  }
}
