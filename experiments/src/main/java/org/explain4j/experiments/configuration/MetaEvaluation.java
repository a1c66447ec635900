package org.explain4j.experiments.configuration;

import java.util.List;

/**
 * Which metrics deserve belief (Hedstroem et al. 2023, arXiv 2302.07265): how they behave when
 * inputs or weights are perturbed a little, and very much. The experiment's seed determines the
 * perturbations.
 *
 * @param metrics their labels; all metrics of the experiment if empty
 * @param explainers labels of the methods that are judged; all if empty; those above {@code
 *     budget.explainer-passes} are left out
 * @param perturbations of each strength, of the inputs and of the weights, K
 * @param images the first of the explained images
 * @param inputs noise on inputs
 * @param weights noise on weights
 */
public record MetaEvaluation(
    List<String> metrics,
    List<String> explainers,
    int perturbations,
    int images,
    InputNoise inputs,
    WeightNoise weights) {

  public MetaEvaluation() {
    this(List.of(), List.of(), 5, 20, new InputNoise(), new WeightNoise());
  }

  public MetaEvaluation {
    metrics = List.copyOf(metrics);
    explainers = List.copyOf(explainers);
    Checks.atLeast("perturbations", perturbations, 1);
    Checks.atLeast("images", images, 1);
    if (explainers.size() == 1) {
      throw new IllegalArgumentException(
          "explainers (%s) must be at least 2: their order is judged".formatted(explainers.get(0)));
    }
  }

  /** Whether a metric takes part. */
  public boolean hasMetric(String label) {
    return metrics.isEmpty() || metrics.contains(label);
  }

  /** Whether a method takes part. */
  public boolean hasExplainer(String label) {
    return explainers.isEmpty() || explainers.contains(label);
  }
}
