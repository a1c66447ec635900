package org.explain4j.reports.runs;

/**
 * A row of {@code scores.csv}: a score that a metric gives a method.
 *
 * @param family of the metric
 * @param direction which is better, {@code lower} or {@code higher}
 * @param explainer a method's label, or {@link #BASELINE}
 * @param band over the images, of which the baseline has the means over its seeds
 * @param images that were evaluated
 * @param missing images among them without a value
 * @param margin below which a difference between two methods is none for any purpose
 * @param seedLow of the bootstrap 95 % interval of the baseline's mean over its seeds; NaN of a
 *     method
 */
public record Score(
    String metric,
    String family,
    String score,
    String direction,
    String explainer,
    Band band,
    long images,
    long missing,
    double margin,
    double seedLow,
    double seedHigh) {
  /** What stands in the place of a method's label where the row is the metric's baseline. */
  public static final String BASELINE = "(baseline)";

  /** Whether smaller values are better. */
  public boolean lowerIsBetter() {
    return direction.equals("lower");
  }
}
