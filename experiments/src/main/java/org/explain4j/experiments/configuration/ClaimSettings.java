package org.explain4j.experiments.configuration;

/**
 * When the paper's claims hold.
 *
 * @param zero a rho counts as 0 if its interval lies within so much of 0
 * @param most an estimator removes most of what can be removed if its rho is above this
 */
public record ClaimSettings(double zero, double most) {

  public ClaimSettings() {
    this(0.05, 0.5);
  }

  public ClaimSettings {
    Checks.positive("zero", zero);
    Checks.positive("most", most);
  }
}
