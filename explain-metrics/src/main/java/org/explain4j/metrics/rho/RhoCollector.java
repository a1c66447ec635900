package org.explain4j.metrics.rho;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.explain4j.api.Patterns;
import org.explain4j.api.Rho;

/** Gathers a layer's rho neuron by neuron. */
final class RhoCollector {
  private final boolean[] usable;
  private final double[] evaluated;
  private final double[] fitted;
  private final boolean[] included;
  private double losses;
  private int fittedNeurons;

  RhoCollector(Patterns patterns, LayerCovariances fit, LayerCovariances evaluate) {
    int neurons = fit.neurons();
    usable = new boolean[neurons];
    for (int j = 0; j < neurons; j++) {
      usable[j] =
          patterns.usable(
              j,
              fit.occupiesPositive(j) || evaluate.occupiesPositive(j),
              fit.occupiesNegative(j) || evaluate.occupiesNegative(j));
    }
    evaluated = new double[neurons];
    fitted = new double[neurons];
    included = new boolean[neurons];
  }

  void put(int neuron, ResidualStatistics.Spread onB, ResidualStatistics.Spread onC) {
    boolean defined = !Double.isNaN(onB.rho()) && !Double.isNaN(onC.rho());
    evaluated[neuron] = defined ? onC.rho() : Double.NaN;
    fitted[neuron] = defined ? onB.rho() : Double.NaN;
    included[neuron] = defined && usable[neuron];
    if (included[neuron]) {
      losses += onB.loss();
      fittedNeurons++;
    }
  }

  /** With the mean {@code loss} of the included neurons among the diagnostics. */
  Rho rho(Map<String, Double> diagnostics) {
    Map<String, Double> all = new HashMap<>(diagnostics);
    all.put("loss", losses / fittedNeurons);
    all.put("without-pattern", count(j -> !usable[j]));
    all.put("undefined", count(j -> Double.isNaN(evaluated[j])));
    return new Rho(evaluated, fitted, included, all);
  }

  private double count(IntPredicate neuron) {
    return IntStream.range(0, usable.length).filter(neuron).count();
  }
}
