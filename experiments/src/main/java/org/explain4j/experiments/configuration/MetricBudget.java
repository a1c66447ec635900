package org.explain4j.experiments.configuration;

import java.util.Optional;
import org.explain4j.api.Metric;

/**
 * What a metric may cost for one image and method. One that costs more is not run, as its part of
 * the report says.
 *
 * @param forwards passes of an image, or of a variant of it, through the network; any number if not
 *     given
 * @param explanations of an image, or of a variant of it, by the method; any number if not given
 * @param explainerPasses that an explanation may cost, a forward pass being 1 and a gradient 2:
 *     metrics that ask for explanations are not run for methods above it; any number if not given
 */
public record MetricBudget(
    Optional<Integer> forwards, Optional<Integer> explanations, Optional<Integer> explainerPasses) {

  public MetricBudget() {
    this(Optional.empty(), Optional.empty(), Optional.empty());
  }

  public MetricBudget {
    forwards.ifPresent(most -> Checks.atLeast("forwards", most, 0));
    explanations.ifPresent(most -> Checks.atLeast("explanations", most, 0));
    explainerPasses.ifPresent(most -> Checks.atLeast("explainer-passes", most, 0));
  }

  /** Whether a metric may be run. */
  public boolean allows(Metric.Cost cost) {
    return cost.forwards() <= forwards.orElse(Integer.MAX_VALUE)
        && cost.explanations() <= explanations.orElse(Integer.MAX_VALUE);
  }

  /**
   * Whether a metric may be run for a method.
   *
   * @param passes that an explanation by it costs
   */
  public boolean allows(Metric.Cost cost, double passes) {
    return cost.explanations() == 0 || passes <= explainerPasses.orElse(Integer.MAX_VALUE);
  }
}
