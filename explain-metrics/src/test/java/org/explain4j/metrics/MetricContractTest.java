package org.explain4j.metrics;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.explain4j.api.Catalog;
import org.explain4j.api.Metric;
import org.explain4j.metrics.faithfulness.Degradation;
import org.explain4j.metrics.faithfulness.Irof;
import org.explain4j.metrics.maps.Consistency;
import org.explain4j.testkit.MetricContract;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Every metric of the catalog, with settings for small images where the defaults are for large. */
@ParameterizedClass
@MethodSource("metrics")
class MetricContractTest extends MetricContract {
  private static final Map<String, Metric> SMALL =
      Map.of(
          "degradation", new Degradation(3, 100),
          "irof", new Irof(3, new Irof().replacement()),
          "consistency", new Consistency(4));

  /** Of five images, few explanations are alike. */
  private static final Set<String> MISSING = Set.of("consistency", "sufficiency");

  @Parameter Metric metric;

  static Stream<Metric> metrics() {
    return Catalog.of(Metric.class).providers().values().stream()
        .map(metric -> SMALL.getOrDefault(metric.id(), metric));
  }

  @Override
  protected Metric create() {
    return metric;
  }

  @Override
  protected boolean mayBeMissing(String name) {
    return MISSING.contains(name);
  }
}
