package org.explain4j.reports.runs;

/**
 * A row of {@code layer-maps.csv}: what a method passes down at a layer's output, for the first
 * image.
 *
 * @param explainer a method's label
 * @param node in topological order
 * @param file of the map, {@code [1,1,h,w]}: the sum over channels
 */
public record LayerMap(String explainer, String node, String file) {}
