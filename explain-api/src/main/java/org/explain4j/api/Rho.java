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
 *     without-pattern} (neurons left out because a pattern is missing) and {@code undefined}
 *     (neurons whose target or residual is constant). What else a solver reports is in its own
 *     documentation
 */
public record Rho(
    double[] evaluated, double[] fitted, boolean[] included, Map<String, Double> diagnostics) {

  public Rho {
    diagnostics = Map.copyOf(diagnostics);
  }

  /**
   * The rho to expect from sampling alone: that of an estimator whose true rho is 1 because it
   * regresses on the same target, with pattern and v from finite data.
   *
   * <pre>1 - (d / n_A) / sqrt(d / n_A + d / (n_B - d - 1))</pre>
   *
   * <p>The pattern's error leaves some of the target in the residual: the best v can predict a
   * share {@code d / n_A} of its variance. The v that least squares finds on split B adds
   * uncorrelated noise of variance {@code d / (n_B - d - 1)} to the prediction. This is an
   * expectation, not a bound: measured values lie on both sides. The derivation is in
   * docs/sampling.md.
   *
   * @param d inputs of a neuron
   * @param nA independent samples that the pattern was fitted on; for patches, their effective
   *     number
   * @param nB the same for v
   * @return NaN unless d &lt; n_B - 1: least squares then fits split B exactly
   */
  public static double expectedFromSampling(double d, double nA, double nB) {
    double noise = d / (nB - d - 1);
    double signal = d / nA;
    return nB - d - 1 > 0 ? 1 - signal / Math.sqrt(signal + noise) : Double.NaN;
  }
}
