package org.explain4j.metrics.rho;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
import org.explain4j.api.Patterns;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.Rho;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One estimator's search for one target: its schedule, and what comes of it. */
final class AdamTask {
  private static final double LAST_RATE = 1e-3;

  /** Above the exact loss by no more than this the search has converged ... */
  private static final double CLOSE = 0.01;

  /** ... and by no more than this it ends, whatever the rate. */
  private static final double ENOUGH = 0.001;

  /** What was found so far. */
  interface Found {
    /** v of some neurons in float64, {@code [to-from,d]}, 0 where there was nothing to search. */
    INDArray rows(int from, int to);
  }

  /** Neurons that suffice to tell that a search is far from its end, which most of them are ... */
  private static final int FEW = 8;

  /** ... and numbers of so few that their arithmetic takes less time than its start. */
  private static final int LITTLE = 1 << 14;

  private final Adam settings;
  private final Patterns patterns;
  private final RegressionTarget target;
  private final ResidualStatistics statistics; // on split B
  private final AdamResidual residual;
  private final float[] precision; // 1 / sd of the target; 0 where that is constant
  private final int[] neurons;
  private double rate;
  private double best = Double.POSITIVE_INFINITY;
  private int steps;
  private double seconds;
  private double distance = Double.POSITIVE_INFINITY;

  AdamTask(
      Adam settings,
      Patterns patterns,
      RegressionTarget target,
      ResidualStatistics statistics,
      AdamResidual residual) {
    this.settings = settings;
    this.patterns = patterns;
    this.target = target;
    this.statistics = statistics;
    this.residual = residual;
    this.rate = settings.learningRate();
    precision = new float[statistics.split().neurons()];
    for (int j = 0; j < precision.length; j++) {
      double variance = statistics.split().varTarget(j, target);
      precision[j] = variance > 0 ? (float) (1 / Math.sqrt(variance)) : 0;
    }
    neurons = IntStream.range(0, precision.length).filter(j -> precision[j] > 0).toArray();
  }

  RegressionTarget target() {
    return target;
  }

  AdamResidual residual() {
    return residual;
  }

  /** 1 / standard deviation of the target. */
  float precision(int neuron) {
    return precision[neuron];
  }

  /** Those whose target varies on split B, in order: nothing can be found out about others. */
  int[] neurons() {
    return neurons;
  }

  int fanIn() {
    return (int) residual.inverse().size(1);
  }

  double rate() {
    return rate;
  }

  /** Where a warm start begins. */
  INDArray marginal() {
    return statistics.marginal(target);
  }

  /**
   * Adapts the rate at the end of an interval; other searches may do so meanwhile.
   *
   * @param share this search's part of the seconds that the interval took
   * @return whether the search is over
   */
  boolean endsAfter(Found v, double share) {
    steps += settings.interval();
    seconds += share;
    double loss = loss(v);
    if (loss > best * (1 - settings.tolerance())) {
      rate *= settings.decay();
      distance = distance(v, ENOUGH, Math.max(FEW, LITTLE / fanIn()));
    }
    best = Math.min(best, loss);
    boolean spent = rate < LAST_RATE * settings.learningRate();
    boolean nothing = Double.isNaN(loss); // no residual varies: of one input the signal is all
    return nothing || spent || distance <= ENOUGH || steps >= settings.maxSteps();
  }

  /**
   * An estimate of how far the loss is above the exact one: mean over neurons.
   *
   * @param most above which a lower bound will do
   * @param step neurons at a time
   */
  private double distance(Found v, double most, int step) {
    RemainingLoss remaining = new RemainingLoss(statistics, target);
    List<double[]> all = new ArrayList<>();
    int k = precision.length;
    double left = most * neurons.length; // below 0 it is known that the mean is above most
    for (int from = 0; from < k && left >= 0; from += step) {
      try (INDArray rows = v.rows(from, Math.min(k, from + step))) {
        double[] estimates = remaining.estimate(rows, from, left);
        left -= Arrays.stream(estimates).filter(Double::isFinite).sum();
        all.add(estimates);
      }
    }
    return RemainingLoss.mean(all.stream().flatMapToDouble(Arrays::stream).toArray());
  }

  /**
   * The mean squared error on split B as a share of the targets' variance, exactly; NaN of none.
   */
  private double loss(Found v) {
    double sum = 0;
    int count = 0;
    int k = precision.length;
    int step = NeuronRows.perBlock(fanIn());
    for (int from = 0; from < k; from += step) {
      try (INDArray rows = v.rows(from, Math.min(k, from + step))) {
        for (ResidualStatistics.Spread spread : statistics.spread(rows, from, target)) {
          double loss = spread.loss();
          boolean defined = Double.isFinite(loss);
          sum += defined ? loss : 0;
          count += defined ? 1 : 0;
        }
      }
    }
    return sum / count;
  }

  /** rho of what was found, from the moments of both splits. */
  Rho rho(Found v, LayerCovariances evaluate, ObjIntConsumer<INDArray> taker) {
    int k = precision.length;
    RhoCollector collector = new RhoCollector(patterns, statistics.split(), evaluate);
    ResidualStatistics onC = ResidualStatistics.of(evaluate, patterns);
    int step = NeuronRows.perBlock(fanIn());
    for (int from = 0; from < k; from += step) {
      try (INDArray rows = v.rows(from, Math.min(k, from + step))) {
        taker.accept(rows, from);
        ResidualStatistics.Spread[] onB = statistics.spread(rows, from, target);
        ResidualStatistics.Spread[] evaluated = onC.spread(rows, from, target);
        for (int m = 0; m < onB.length; m++) {
          collector.put(from + m, onB[m], evaluated[m]);
        }
      }
    }
    double last = distance(v, Double.POSITIVE_INFINITY, step);
    return collector.rho(
        Map.of(
            "steps",
            (double) steps,
            "seconds",
            seconds,
            "distance",
            last,
            "converged",
            last <= CLOSE ? 1.0 : 0.0));
  }
}
