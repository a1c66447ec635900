package org.explain4j.reports.runs;

/**
 * A row of {@code claims.csv}: one of the statements that a claim consists of.
 *
 * @param place what it is about: a layer and target, a score, a condition of the toy
 * @param a what the statement is about: an estimator or a method
 * @param statement what is said of it: {@code above filter}, {@code within 0.05 of 0}
 * @param value what it is decided by: a mean, or the mean difference to what a is compared with
 * @param low of its 95 % interval over images; NaN where there is none
 * @param pHolm of the paired test, adjusted in its family; NaN where an interval decides
 */
public record ClaimStatement(
    Claim claim,
    String place,
    String a,
    String statement,
    double value,
    double low,
    double high,
    double pHolm,
    Finding finding) {

  /** The value with its interval. */
  public Band band() {
    return new Band(value, low, high);
  }
}
