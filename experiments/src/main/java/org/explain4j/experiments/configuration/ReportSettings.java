package org.explain4j.experiments.configuration;

import java.util.Map;

/**
 * What the report shows.
 *
 * @param images how many of the explained images are shown
 * @param estimatorMaps the heat map of each signal estimator (Fig. 4b): labels of estimators to
 *     labels of explainers, in display order
 * @param leftOut what the experiment leaves out on purpose, and why; the report repeats it
 * @param figures whether charts and pictures are also written as PNG, SVG and PDF files for papers,
 *     into {@code report/figures}: with many photographs these take longer than the page
 */
public record ReportSettings(
    int images, Map<String, String> estimatorMaps, Map<String, String> leftOut, boolean figures) {

  public ReportSettings() {
    this(8, Map.of(), Map.of(), true);
  }

  public ReportSettings {
    Checks.atLeast("images", images, 1);
  }
}
