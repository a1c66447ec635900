package org.explain4j.metrics.robustness;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.explain4j.metrics.features.Vectors;

/** Metrics of the distance to the explanations of neighbours in a cube, which summarise it. */
interface Sensitivity extends NeighbourMetric {

  /** Of neighbours. */
  int draws();

  /** Of the cube that they are drawn from. */
  double radius();

  /** Whether distances are divided by the norm of the explanation. */
  boolean normalised();

  long seed();

  /** Of an example's distances. */
  ToDoubleFunction<double[]> summarised();

  @Override
  default int neighbours() {
    return draws();
  }

  @Override
  default String score() {
    return "sensitivity";
  }

  @Override
  default double[] values(Neighbours neighbours) {
    double[][] distances =
        distances(
            neighbours, draws(), Noise.UNIFORM.of(neighbours, radius(), seed()), normalised());
    return Arrays.stream(distances).mapToDouble(summarised()).toArray();
  }

  /** How far the explanation of each neighbour is, {@code [example][draw]}. */
  static double[][] distances(
      Neighbours neighbours, int draws, Neighbours.Maker maker, boolean normalised) {
    return neighbours.compare(
        draws,
        maker,
        (change, map, other) -> {
          double distance = Vectors.distance(map, other);
          return normalised ? Vectors.quotient(distance, Vectors.norm(map)) : distance;
        });
  }
}
