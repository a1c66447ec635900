package org.explain4j.network.training;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;

/**
 * ADAM (Kingma and Ba, arXiv 1412.6980) whose learning rate falls to 0 along half a cosine
 * (Loshchilov and Hutter, arXiv 1608.03983).
 */
public final class CosineAdam {
  private final List<Parameter> parameters;
  private final Adam settings;
  private final double learningRate;
  private final long steps;
  private int taken;

  /** An array that is changed in place, and what ADAM remembers of its gradients. */
  private record Parameter(INDArray values, GradientUpdater<?> memory) {}

  /**
   * Prepares the first step.
   *
   * @param parameters arrays of any shape, which every step changes in place
   * @param learningRate of the first step
   * @param steps after which the rate is 0
   */
  public CosineAdam(List<INDArray> parameters, double learningRate, long steps) {
    this.settings = new Adam(learningRate);
    this.learningRate = learningRate;
    this.steps = steps;
    this.parameters =
        parameters.stream()
            .map(
                values ->
                    new Parameter(
                        values,
                        settings.instantiate(
                            Map.of("M", values.ulike(), "V", values.ulike()), true)))
            .toList();
  }

  /**
   * Takes the next step.
   *
   * @param gradients of each parameter, in the constructor's order and shapes; overwritten and
   *     closed
   * @throws IllegalArgumentException if there are more or fewer than parameters
   */
  public void step(List<INDArray> gradients) {
    if (gradients.size() != parameters.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d gradients for %d parameters.", gradients.size(), parameters.size()));
    }
    settings.setLearningRate(learningRate * 0.5 * (1 + Math.cos(Math.PI * taken / steps)));
    for (int i = 0; i < gradients.size(); i++) {
      try (INDArray gradient = gradients.get(i)) {
        Parameter parameter = parameters.get(i);
        parameter.memory().applyUpdater(gradient, taken, 0);
        parameter.values().subi(gradient);
      }
    }
    taken++;
  }
}
