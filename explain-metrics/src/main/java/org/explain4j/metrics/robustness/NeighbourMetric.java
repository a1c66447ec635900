package org.explain4j.metrics.robustness;

import java.util.List;
import org.explain4j.api.Metric;
import org.explain4j.network.Classifier;

/** Metrics that compare an explanation with those of neighbours; less change is better. */
interface NeighbourMetric extends Metric {

  /** Number of neighbours of an example. */
  int neighbours();

  /** The name of the score. */
  String score();

  /** One for each example. */
  double[] values(Neighbours neighbours);

  @Override
  default String family() {
    return "robustness";
  }

  @Override
  default Cost cost(Classifier classifier) {
    return new Cost(0, neighbours());
  }

  @Override
  default Result evaluate(Evaluation evaluation) {
    double[] values = values(Neighbours.of(evaluation));
    return new Result(List.of(new Score(score(), Direction.LOWER_IS_BETTER, values)), List.of());
  }
}
