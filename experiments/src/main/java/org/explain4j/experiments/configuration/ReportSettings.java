package org.explain4j.experiments.configuration;

import java.util.Map;

/**
 * What the report shows.
 *
 * @param images how many of the explained images are shown
 * @param estimatorMaps the heat map of each signal estimator (Fig. 4b): labels of estimators to
 *     labels of explainers, in display order
 */
public record ReportSettings(int images, Map<String, String> estimatorMaps) {

  public ReportSettings() {
    this(8, Map.of());
  }

  public ReportSettings {
    Checks.atLeast("images", images, 1);
  }
}
