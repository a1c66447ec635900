package org.explain4j.reports.runs;

/** A row of {@code curve-axes.csv}: what a curve's axes are called. */
public record CurveAxes(String metric, String curve, String xLabel, String yLabel) {}
