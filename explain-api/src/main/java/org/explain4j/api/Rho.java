package org.explain4j.api;

import java.util.Map;

/**
 * rho of a layer's neurons, {@code rho(S) = 1 - max_v corr(y, v'd^)}.
 *
 * @param evaluated per neuron on split C, with v from split B; can exceed 1; NaN where the target
 *     or the residual is constant
 * @param fitted the same on split B itself
 * @param included whether the layer mean counts the neuron: its rho is a number and every regime
 *     that occurs on split B or C has a pattern ({@link Patterns#usable})
 * @param diagnostics by kebab-case name; of every solver: {@code loss} (mean squared error on split
 *     B as a share of the target's variance, mean over included neurons), {@code seconds}, {@code
 *     without-pattern} (neurons left out for want of a pattern) and {@code undefined} (neurons
 *     whose target or residual is constant). What a solver adds stands with it
 */
public record Rho(
    double[] evaluated, double[] fitted, boolean[] included, Map<String, Double> diagnostics) {

  public Rho {
    diagnostics = Map.copyOf(diagnostics);
  }

  /**
   * What sampling error alone leaves of a true rho of 1, for an estimator that regresses on the
   * same target: {@code 1 - sqrt(d n_B / (n_A (n_A + n_B)))}, for independent samples and d much
   * smaller than both; overlapping patches have a smaller effective n.
   *
   * @param d inputs of a neuron
   * @param nA samples that the estimator was fitted on
   * @param nB samples that the regression v was fitted on
   * @return below 0 where d is too large against n for the formula
   */
  public static double floor(long d, long nA, long nB) {
    double share = (double) d * nB / ((double) nA * (nA + nB));
    return 1 - Math.sqrt(share);
  }
}
