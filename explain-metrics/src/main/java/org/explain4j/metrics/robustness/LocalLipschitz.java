package org.explain4j.metrics.robustness;

import java.util.Arrays;
import org.explain4j.api.Extension;
import org.explain4j.metrics.features.Vectors;

/**
 * Local Lipschitz estimate (Alvarez-Melis and Jaakkola 2018, arXiv 1806.08049, Eq. 1 to 3): the
 * largest quotient of the change of the explanation and that of the input, over Gaussian
 * neighbours. Lower is better. It grows with the scale of the explanations: a method is not to be
 * compared with one of another scale.
 *
 * @param draws of neighbours
 * @param deviation of the noise, in units of the network's input
 * @param seed at least 1
 */
public record LocalLipschitz(int draws, double deviation, long seed) implements NeighbourMetric {
  public LocalLipschitz() {
    this(10, 0.1, 1);
  }

  public LocalLipschitz {
    Extension.requireCount("draws", draws);
    Extension.requirePositive("deviation", deviation);
    Extension.requireSeed(seed);
  }

  @Override
  public String id() {
    return "local-lipschitz";
  }

  @Override
  public String summary() {
    return "Largest change of the explanation per change of the input (Alvarez-Melis and Jaakkola 2018)";
  }

  @Override
  public int neighbours() {
    return draws;
  }

  @Override
  public String score() {
    return "lipschitz";
  }

  @Override
  public double[] values(Neighbours neighbours) {
    Neighbours.Maker maker = Noise.GAUSSIAN.of(neighbours, deviation, seed);
    return Arrays.stream(quotients(neighbours, draws, maker))
        .mapToDouble(Vectors::largestOfKnown)
        .toArray();
  }

  static double[][] quotients(Neighbours neighbours, int draws, Neighbours.Maker maker) {
    return neighbours.compare(
        draws,
        maker,
        (change, map, other) ->
            Vectors.quotient(Vectors.distance(map, other), Vectors.norm(change)));
  }
}
