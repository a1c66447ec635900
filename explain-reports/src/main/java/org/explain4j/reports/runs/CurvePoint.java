package org.explain4j.reports.runs;

/**
 * A row of {@code curves.csv}: a point of a metric's curve.
 *
 * @param explainer a method's label, or {@link Score#BASELINE}
 * @param point from 0
 * @param band over the images, of which the baseline has the means over its seeds
 * @param images that the mean is over
 */
public record CurvePoint(
    String metric, String curve, String explainer, long point, double x, Band band, long images) {}
