package org.explain4j.experiments.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.explain4j.api.Catalog;
import org.explain4j.api.Metric;
import org.junit.jupiter.api.Test;

final class MetricsPageTest {
  @Test
  void everyMetricOfTheFrameworkIsOnTheirPage() throws IOException {
    Path root = Path.of(System.getProperty("explain4j.root", ".."));
    String page = Files.readString(root.resolve("docs/metrics.md"));
    assertThat(Catalog.of(Metric.class).providers().values())
        .filteredOn(metric -> metric.getClass().getName().startsWith("org.explain4j.metrics."))
        .hasSizeGreaterThanOrEqualTo(42)
        .allSatisfy(metric -> assertThat(page).contains("`" + metric.id() + "`"));
  }
}
