package org.explain4j.reports.runs;

/**
 * What a paired comparison of a with b found: columns of both tables of comparisons.
 *
 * @param difference mean of a minus b
 * @param low lower end of its bootstrap 95 % interval
 * @param low90 lower end of its bootstrap 90 % interval, which decides whether it is a tie
 * @param pValue two-sided
 * @param pHolm adjusted for all comparisons of the family (Holm)
 * @param effect matched rank-biserial correlation, from -1 to 1, positive where a is larger
 * @param margin below which a difference does not matter in practice
 */
public record PairedTest(
    double difference,
    double low,
    double high,
    double low90,
    double high90,
    double pValue,
    double pHolm,
    double effect,
    double margin) {

  /** The difference with its 95 % interval. */
  public Band band() {
    return new Band(difference, low, high);
  }

  /** Whether the 90 % interval lies inside the margin. */
  public boolean isTie() {
    return -margin < low90 && high90 < margin;
  }
}
