package org.explain4j.api;

import java.util.Map;

/**
 * rho of a layer's neurons, {@code rho(S) = 1 - max_v corr(y, v'd^)}.
 *
 * @param evaluated per neuron on split C, with v from split B; can exceed 1; NaN where the target
 *     is constant
 * @param fitted the same on split B itself
 * @param included whether the layer mean counts the neuron
 * @param diagnostics of the solver by kebab-case name: {@code ridge}, {@code steps}, {@code
 *     seconds}, {@code converged} (0 or 1), {@code loss}
 */
public record Rho(
    double[] evaluated, double[] fitted, boolean[] included, Map<String, Double> diagnostics) {

  public Rho {
    diagnostics = Map.copyOf(diagnostics);
  }
}
