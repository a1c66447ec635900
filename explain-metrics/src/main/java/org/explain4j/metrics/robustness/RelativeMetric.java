package org.explain4j.metrics.robustness;

import org.explain4j.network.Classifier;

/** Metrics of relative changes of explanations, which differ in what they are divided by. */
interface RelativeMetric extends NeighbourMetric {

  /** Of neighbours. */
  int draws();

  /** Of the cube that they are drawn from. */
  double radius();

  long seed();

  /** For each example and draw, the change that the explanation's is divided by. */
  double[][] denominators(RelativeStability stability);

  @Override
  default int neighbours() {
    return draws();
  }

  @Override
  default String score() {
    return "instability";
  }

  /** Neighbours are explained and predicted. */
  @Override
  default Cost cost(Classifier classifier) {
    return new Cost(draws(), draws());
  }

  @Override
  default double[] values(Neighbours neighbours) {
    Neighbours.Maker maker = Noise.UNIFORM.of(neighbours, radius(), seed());
    RelativeStability stability = new RelativeStability(neighbours, draws(), maker);
    return stability.largest(denominators(stability));
  }
}
