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
 */
public record MetricBudget(Optional<Integer> forwards, Optional<Integer> explanations) {

  public MetricBudget() {
    this(Optional.empty(), Optional.empty());
  }

  public MetricBudget {
    forwards.ifPresent(most -> Checks.atLeast("forwards", most, 0));
    explanations.ifPresent(most -> Checks.atLeast("explanations", most, 0));
  }

  /** Whether a metric may be run. */
  public boolean allows(Metric.Cost cost) {
    return cost.forwards() <= forwards.orElse(Integer.MAX_VALUE)
        && cost.explanations() <= explanations.orElse(Integer.MAX_VALUE);
  }
}
