package org.explain4j.metrics.rho;

import java.util.HashMap;
import java.util.Map;
import org.explain4j.api.Patterns;
import org.explain4j.api.Rho;

/** Gathers a layer's rho neuron by neuron. */
final class RhoCollector {
  private final Patterns patterns;
  private final double[] evaluated;
  private final double[] fitted;
  private final boolean[] included;
  private double losses;
  private int fittedNeurons;

  RhoCollector(Patterns patterns, int neurons) {
    this.patterns = patterns;
    evaluated = new double[neurons];
    fitted = new double[neurons];
    included = new boolean[neurons];
  }

  boolean usable(int neuron) {
    return patterns.usable(neuron);
  }

  void put(int neuron, ResidualStatistics.Spread onB, ResidualStatistics.Spread onC) {
    boolean defined = !Double.isNaN(onB.rho()) && !Double.isNaN(onC.rho());
    evaluated[neuron] = defined ? onC.rho() : Double.NaN;
    fitted[neuron] = defined ? onB.rho() : Double.NaN;
    included[neuron] = defined && patterns.usable(neuron);
    if (included[neuron]) {
      losses += onB.loss();
      fittedNeurons++;
    }
  }

  /** With the mean {@code loss} of the included neurons among the diagnostics. */
  Rho rho(Map<String, Double> diagnostics) {
    Map<String, Double> all = new HashMap<>(diagnostics);
    all.put("loss", losses / fittedNeurons);
    return new Rho(evaluated, fitted, included, all);
  }
}
