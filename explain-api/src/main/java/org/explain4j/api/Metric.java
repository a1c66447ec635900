package org.explain4j.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.explain4j.network.Classifier;
import org.explain4j.network.Network;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Judges attributions by what they say of the network. */
public interface Metric extends Extension {

  /** What the metric tests: {@code degradation}, {@code robustness}, ... */
  String family();

  /** The metric of a batch of attributions. */
  Result evaluate(Evaluation evaluation);

  /**
   * What no information at all would reach, if the metric has such a baseline: scores and curves
   * named as those of {@link #evaluate}, but with a row for each random seed in place of each
   * example; every row is the mean over the examples. The number of rows does not depend on the
   * inputs, so that parts of the data combine to the mean of their rows, weighted by their sizes.
   */
  default Optional<Result> baseline(Classifier classifier, INDArray inputs, int[] classes) {
    return Optional.empty();
  }

  /**
   * What is judged.
   *
   * @param classifier a {@link Network}, or a black box
   * @param inputs {@code [n,c,h,w]}
   * @param classes the explained class of each
   * @param attributor the method
   * @param attributions what it says of these inputs, of their shape
   */
  record Evaluation(
      Classifier classifier,
      INDArray inputs,
      int[] classes,
      Attributor attributor,
      INDArray attributions) {

    /**
     * The classifier as a network, for metrics that look into its layers.
     *
     * @throws IllegalArgumentException if it is a black box
     */
    public Network network() {
      return Network.of(classifier);
    }
  }

  /** What a metric found. */
  record Result(List<Score> scores, List<Curve> curves) {
    public Result {
      scores = List.copyOf(scores);
      curves = List.copyOf(curves);
    }
  }

  /**
   * A number per example.
   *
   * @param name kebab-case, unique in the metric
   */
  record Score(String name, Direction direction, double[] values) {}

  /**
   * A curve per example.
   *
   * @param name kebab-case, unique in the metric
   * @param x label and values of the common abscissa
   * @param values {@code [example][point]}
   */
  record Curve(String name, String xLabel, String yLabel, double[] x, double[][] values) {}

  /** Which values are better. */
  enum Direction {
    LOWER_IS_BETTER,
    HIGHER_IS_BETTER
  }

  /** Settings that a report prints beside the numbers. */
  default Map<String, String> notes(Classifier classifier) {
    return Map.of();
  }
}
