package org.explain4j.metrics.robustness;

import java.util.List;
import org.explain4j.api.Extension;
import org.explain4j.api.Metric;
import org.explain4j.network.Classifier;

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
public record LocalLipschitz(int draws, double deviation, long seed) implements Metric {
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
  public String family() {
    return "robustness";
  }

  @Override
  public Cost cost(Classifier classifier) {
    return new Cost(0, draws);
  }

  @Override
  public Result evaluate(Evaluation evaluation) {
    Neighbours neighbours = Neighbours.of(evaluation);
    double[][] quotients =
        quotients(neighbours, draws, Noise.GAUSSIAN.of(neighbours, deviation, seed));
    return new Result(
        List.of(new Score("lipschitz", Direction.LOWER_IS_BETTER, Neighbours.largest(quotients))),
        List.of());
  }

  static double[][] quotients(Neighbours neighbours, int draws, Neighbours.Maker maker) {
    return neighbours.compare(
        draws,
        maker,
        (change, map, other) ->
            Neighbours.distance(map, other) / MaxSensitivity.positive(Neighbours.norm(change)));
  }
}
