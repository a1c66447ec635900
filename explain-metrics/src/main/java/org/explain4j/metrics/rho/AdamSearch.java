package org.explain4j.metrics.rho;

import java.util.Map;
import java.util.function.Supplier;
import org.explain4j.api.Patterns;
import org.explain4j.api.Regression;
import org.explain4j.api.Rho;
import org.explain4j.api.moments.LayerData;
import org.explain4j.api.network.LinearLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.AdamUpdater;

/**
 * One search for v of all neurons of a layer; works in the layer's floating-point type. The
 * variable is {@code u = v * scale}, {@code [k,d]}, with the residual's standard deviations as
 * scale.
 */
final class AdamSearch {
  private static final double LAST_RATE = 1e-3;

  private final Adam settings;
  private final LinearLayer layer;
  private final LayerData data;
  private final LayerCovariances fit;
  private final Patterns patterns;
  private final Regression target;
  private final ResidualStatistics statistics;
  private final DataType type;
  private final INDArray scale;
  private int steps;
  private boolean converged;

  AdamSearch(
      Adam settings,
      LinearLayer layer,
      LayerData data,
      LayerCovariances fit,
      Patterns patterns,
      Regression target) {
    this.settings = settings;
    this.layer = layer;
    this.data = data;
    this.fit = fit;
    this.patterns = patterns;
    this.target = target;
    this.statistics = ResidualStatistics.of(fit, patterns);
    this.type = layer.weights().dataType();
    this.scale = statistics.deviations().castTo(type);
  }

  Rho rho(LayerCovariances evaluate) {
    long start = System.nanoTime();
    RhoCollector collector = new RhoCollector(patterns, fit.neurons());
    try (INDArray v = search()) {
      double seconds = (System.nanoTime() - start) / 1e9;
      ResidualStatistics onC = ResidualStatistics.of(evaluate, patterns);
      int step = Rows.perBlock(v.size(1));
      for (int from = 0; from < fit.neurons(); from += step) {
        INDArray rows = Rows.view(v, from, Math.min(fit.neurons(), from + step));
        ResidualStatistics.Spread[] onB = statistics.spread(rows, from, target);
        ResidualStatistics.Spread[] evaluated = onC.spread(rows, from, target);
        for (int m = 0; m < onB.length; m++) {
          collector.put(from + m, onB[m], evaluated[m]);
        }
      }
      return collector.rho(
          Map.of("steps", (double) steps, "seconds", seconds, "converged", converged ? 1.0 : 0.0));
    }
  }

  private INDArray start(long[] shape) {
    if (!settings.warmStart()) {
      return Nd4j.zeros(type, shape);
    }
    INDArray v = statistics.marginal(target);
    return v.muli(scale.castTo(DataType.DOUBLE)).castTo(type);
  }

  private INDArray search() {
    long[] shape = {layer.neurons(), layer.fanIn()};
    INDArray u = start(shape);
    AdamUpdater updater =
        new AdamUpdater(new org.nd4j.linalg.learning.config.Adam(settings.learningRate()));
    updater.setStateViewArray(Nd4j.zeros(type, 1, 2 * u.length()), shape, 'c', true);
    AdamStep step = new AdamStep(layer, statistics, target, data.moments(), scale);
    Supplier<INDArray> batches = data.minibatches(settings.batch(), settings.seed());
    double rate = settings.learningRate();
    double best = Double.POSITIVE_INFINITY;
    while (!converged && steps < settings.maxSteps()) {
      double loss = 0;
      for (int i = 0; i < settings.interval(); i++, steps++) {
        try (INDArray samples = batches.get();
            AdamStep.Descent descent = step.descent(samples, u)) {
          loss += descent.loss() / settings.interval();
          updater.applyUpdater(descent.gradient(), steps, 0);
          u.subi(descent.gradient());
        }
      }
      if (loss > best * (1 - settings.tolerance())) {
        rate *= settings.decay();
        updater.getConfig().setLearningRate(rate);
        converged = rate < LAST_RATE * settings.learningRate();
      }
      best = Math.min(best, loss);
    }
    try (u;
        INDArray wide = u.castTo(DataType.DOUBLE)) {
      return wide.div(scale.castTo(DataType.DOUBLE));
    }
  }
}
