package org.explain4j.metrics.maps;

import java.util.List;
import java.util.stream.IntStream;
import org.explain4j.api.Metric;
import org.explain4j.network.Classifier;

/**
 * Metrics of how often images with related explanations have the same prediction; their score is
 * missing (NaN) for an image that is related to no other.
 */
interface SetMetric extends Metric {

  /** Whether an image is among those that another is compared with. */
  @FunctionalInterface
  interface Relation {
    boolean holds(int one, int other);
  }

  /** Between the examples of the set. */
  Relation relation(Evaluation evaluation);

  @Override
  default String family() {
    return "consistency";
  }

  @Override
  default boolean isOfSet() {
    return true;
  }

  @Override
  default Cost cost(Classifier classifier) {
    return new Cost(1, 0);
  }

  @Override
  default Result evaluate(Evaluation evaluation) {
    Relation relation = relation(evaluation);
    int[] predicted = evaluation.classifier().predict(evaluation.inputs());
    double[] shares =
        IntStream.range(0, predicted.length)
            .mapToDouble(
                i ->
                    IntStream.range(0, predicted.length)
                        .filter(j -> j != i && relation.holds(i, j))
                        .mapToDouble(j -> predicted[j] == predicted[i] ? 1 : 0)
                        .average()
                        .orElse(Double.NaN))
            .toArray();
    return new Result(List.of(new Score(id(), Direction.HIGHER_IS_BETTER, shares)), List.of());
  }
}
