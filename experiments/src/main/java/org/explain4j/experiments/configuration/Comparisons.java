package org.explain4j.experiments.configuration;

import java.util.Map;

/**
 * How methods and estimators are compared.
 *
 * @param resamples of every bootstrap, at least 100
 * @param rhoMargin differences of rho smaller than this do not matter in practice: a tie lies
 *     within it
 * @param margins the same by name of a score, in place of the metric's own margin
 */
public record Comparisons(int resamples, double rhoMargin, Map<String, Double> margins) {

  public Comparisons() {
    this(2000, 0.01, Map.of());
  }

  public Comparisons {
    margins = Map.copyOf(margins);
    Checks.atLeast("resamples", resamples, 100);
    Checks.positive("rho-margin", rhoMargin);
    margins.forEach((score, margin) -> Checks.positive("margins." + score, margin));
  }

  /** The margin of a score. */
  public double margin(String score, double ofMetric) {
    return margins.getOrDefault(score, ofMetric);
  }
}
