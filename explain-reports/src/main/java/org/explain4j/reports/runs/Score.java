package org.explain4j.reports.runs;

/**
 * A row of {@code scores.csv}: a score that a metric gives a method.
 *
 * @param family of the metric
 * @param direction which values are better, {@code lower} or {@code higher}
 * @param explainer a method's label, or {@link #BASELINE}
 * @param band over the images; the baseline's value of an image is its mean over the seeds
 * @param images number of images that were evaluated
 * @param missing number of images among them without a value
 * @param margin below which a difference between two methods does not matter in practice
 * @param seedLow lower end of the bootstrap 95 % interval of the baseline's mean over its seeds;
 *     NaN for a method
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
  /** Stands in place of a method's label where the row is the metric's baseline. */
  public static final String BASELINE = "(baseline)";

  /** Whether smaller values are better. */
  public boolean lowerIsBetter() {
    return direction.equals("lower");
  }
}
