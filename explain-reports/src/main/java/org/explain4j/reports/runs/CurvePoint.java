package org.explain4j.reports.runs;

/**
 * A row of {@code curves.csv}: a point of a metric's curve.
 *
 * @param explainer a method's label, or {@link Score#BASELINE}
 * @param point from 0
 * @param band over the images; the baseline's value of an image is its mean over the seeds
 * @param images number of images that the mean is taken over
 */
public record CurvePoint(
    String metric, String curve, String explainer, long point, double x, Band band, long images) {}
