package org.explain4j.metrics.robustness;

import java.util.List;
import org.explain4j.api.Extension;
import org.explain4j.api.Metric;
import org.explain4j.network.Classifier;

/** Metrics of relative changes of explanations, which differ in what they are divided by. */
interface RelativeMetric extends Metric {

  /** Of neighbours. */
  int draws();

  /** Of the cube that they are drawn from. */
  double radius();

  long seed();

  /** For each example and draw, the change that the explanation's is divided by. */
  double[][] denominators(RelativeStability stability);

  /** For compact constructors. */
  static void require(int draws, double radius, long seed) {
    Extension.requireCount("draws", draws);
    Extension.requirePositive("radius", radius);
    Extension.requireSeed(seed);
  }

  @Override
  default String family() {
    return "robustness";
  }

  @Override
  default Cost cost(Classifier classifier) {
    return new Cost(2.0 * draws(), draws());
  }

  @Override
  default Result evaluate(Evaluation evaluation) {
    Neighbours neighbours = Neighbours.of(evaluation);
    Neighbours.Maker maker = Noise.UNIFORM.of(neighbours, radius(), seed());
    RelativeStability stability = new RelativeStability(neighbours, draws(), maker);
    double[] values = stability.largest(denominators(stability));
    return new Result(
        List.of(new Score("instability", Direction.LOWER_IS_BETTER, values)), List.of());
  }
}
