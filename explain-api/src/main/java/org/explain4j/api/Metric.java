package org.explain4j.api;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.explain4j.network.Classifier;
import org.explain4j.network.Network;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Judges how well attributions describe the network. */
public interface Metric extends Extension {

  /** What the metric tests: {@code degradation}, {@code robustness}, ... */
  String family();

  /** Evaluates a batch of attributions. */
  Result evaluate(Evaluation evaluation);

  /**
   * The results that an explanation without any information would reach, if the metric has such a
   * baseline: one for each of several random seeds, with the names of {@link #evaluate}'s scores
   * and curves (those that make sense for it) and a value per example. Methods are compared with
   * the baseline's means over the seeds, on the same examples. An example's values depend on the
   * example and the seed, not on the batch.
   *
   * @return the same number of results for any inputs; none if there is no such baseline
   */
  default List<Result> baseline(Classifier classifier, INDArray inputs, int[] classes) {
    return List.of();
  }

  /**
   * What is judged.
   *
   * @param classifier a {@link Network}, or a black box
   * @param inputs {@code [n,c,h,w]}
   * @param classes the explained class of each input
   * @param attributor the method
   * @param attributions the method's attributions of these inputs, of their shape
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
   * @param margin above 0: methods whose means differ by less are equal in practice
   */
  record Score(String name, Direction direction, double margin, double[] values) {
    private static final double MARGIN = 0.02;

    /** A score between 0 and 1, such as a probability, with a margin of 0.02. */
    public Score(String name, Direction direction, double[] values) {
      this(name, direction, MARGIN, values);
    }

    public Score {
      if (!(margin > 0)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "The margin (%s) of score '%s' must be above 0.", margin, name));
      }
    }
  }

  /**
   * A curve per example.
   *
   * @param name kebab-case, unique in the metric
   * @param x values of the abscissa, the same for all examples
   * @param values {@code [example][point]}
   */
  record Curve(String name, String xLabel, String yLabel, double[] x, double[][] values) {}

  /** Which values are better. */
  enum Direction {
    LOWER_IS_BETTER,
    HIGHER_IS_BETTER
  }

  /** Remarks on the metric's settings that a report prints beside the numbers, by keyword. */
  default Map<String, String> notes(Classifier classifier) {
    return Map.of();
  }
}
