package org.explain4j.metrics.rho;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.explain4j.api.Patterns;
import org.explain4j.api.Regression;
import org.explain4j.api.Rho;
import org.explain4j.api.SignalQuality;
import org.explain4j.api.moments.LayerData;
import org.explain4j.api.network.LinearLayer;
import org.explain4j.metrics.rho.ResidualStatistics.Spread;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A layer's factorised covariance and what every estimator needs solved with it. */
final class ClosedFormMeasure implements SignalQuality.Measure {
  /** What is kept solved between estimators, at most: 1 GiB of numbers. */
  private static final long KEPT = 1L << 27;

  private final LayerCovariances fit;
  private final LayerCovariances evaluate;
  private final INDArray weights; // [k,d]
  private final Cholesky cholesky;
  private final Map<Integer, LayerBasis> bases = new HashMap<>(); // by first neuron of a block
  private final double ridge;
  private final double meanVariance;
  private final double constantInputs;
  private Patterns last;
  private Map<Regression, Rho> lastRho;

  ClosedFormMeasure(double relativeRidge, LinearLayer layer, LayerData fit, LayerData evaluate) {
    this.weights =
        layer.weights().castTo(DataType.DOUBLE).reshape('c', layer.neurons(), layer.fanIn());
    INDArray matrix = fit.sigma();
    this.fit = new LayerCovariances(fit.moments());
    double[] variances = Nd4j.diag(matrix).toDoubleVector();
    this.meanVariance = Arrays.stream(variances).average().orElseThrow();
    if (!(meanVariance > 0)) {
      throw new IllegalArgumentException("The layer's inputs are constant on the fitting split.");
    }
    this.constantInputs = Arrays.stream(variances).filter(v -> v <= 1e-15 * meanVariance).count();
    this.ridge = relativeRidge * meanVariance;
    for (int i = 0; i < variances.length; i++) {
      matrix.putScalar(i, i, variances[i] + ridge);
    }
    this.cholesky = Cholesky.of(matrix);
    this.evaluate = new LayerCovariances(evaluate.moments());
  }

  @Override
  public synchronized Rho rho(Patterns patterns, Regression target) {
    // Both targets share the solved patterns: the other one is asked for next.
    if (!patterns.equals(last)) {
      lastRho = measure(patterns);
      last = patterns;
    }
    return lastRho.get(target);
  }

  private Map<Regression, Rho> measure(Patterns patterns) {
    long start = System.nanoTime();
    Map<Regression, RhoCollector> collectors = new EnumMap<>(Regression.class);
    for (Regression target : Regression.values()) {
      collectors.put(target, new RhoCollector(patterns, fit.neurons()));
    }
    ResidualStatistics onB = ResidualStatistics.of(fit, patterns);
    ResidualStatistics onC = ResidualStatistics.of(evaluate, patterns);
    int step = Rows.perBlock(weights.size(1));
    for (int from = 0; from < fit.neurons(); from += step) {
      int to = Math.min(fit.neurons(), from + step);
      block(onB, onC, from, to, collectors);
    }
    double seconds = (System.nanoTime() - start) / 1e9 / collectors.size();
    Map<Regression, Rho> rho = new EnumMap<>(Regression.class);
    collectors.forEach(
        (target, collector) ->
            rho.put(
                target,
                collector.rho(
                    Map.of(
                        "ridge", ridge, "seconds", seconds, "constant-inputs", constantInputs))));
    return rho;
  }

  private void block(
      ResidualStatistics onB,
      ResidualStatistics onC,
      int from,
      int to,
      Map<Regression, RhoCollector> collectors) {
    LayerBasis kept = bases.get(from);
    LayerBasis layer = kept == null ? LayerBasis.of(fit, weights, from, to, cholesky) : kept;
    if (weights.length() * 8 <= KEPT) {
      bases.put(from, layer);
    }
    INDArray plus = Rows.view(onB.positive(), from, to);
    INDArray minus = Rows.view(onB.negative(), from, to);
    boolean linear = onB.positive() == onB.negative();
    try (INDArray positive = LayerBasis.solved(cholesky, plus);
        INDArray negative = linear ? null : LayerBasis.solved(cholesky, minus)) {
      Woodbury woodbury =
          Woodbury.of(
              layer.basis(plus, minus), layer.solvedBasis(positive, linear ? positive : negative));
      double[] lengths = Rows.dot(layer.weights(), layer.weights());
      collectors.forEach(
          (target, collector) -> target(woodbury, lengths, onC, from, target, collector));
    }
    if (!bases.containsValue(layer)) {
      layer.close();
    }
  }

  private void target(
      Woodbury woodbury,
      double[] lengths,
      ResidualStatistics onC,
      int from,
      Regression target,
      RhoCollector collector) {
    double[][] v = new double[lengths.length][];
    double[] tau = new double[lengths.length];
    for (int m = 0; m < v.length; m++) {
      int j = from + m;
      // Without a pattern in an occupied regime w'd^ is not 0: nothing is singular along w.
      tau[m] = collector.usable(j) && lengths[m] > 0 ? meanVariance / lengths[m] : 0;
      v[m] =
          woodbury.solve(
              m,
              right(j, target),
              new Woodbury.Update(fit.varPositive(j), fit.crossing(j), fit.varNegative(j), tau[m]));
    }
    try (INDArray vectors = woodbury.vectors(v)) {
      double[] norms = Rows.dot(vectors, vectors);
      Spread[] evaluated = onC.spread(vectors, from, target);
      for (int m = 0; m < v.length; m++) {
        int j = from + m;
        double[] w = new double[v[m].length];
        w[Woodbury.W] = 1;
        double alongW = woodbury.inner(m, v[m], w);
        double covariance = woodbury.inner(m, v[m], right(j, target));
        double variance = covariance - ridge * norms[m] - tau[m] * alongW * alongW;
        collector.put(j, new Spread(covariance, variance, fit.varTarget(j, target)), evaluated[m]);
      }
    }
  }

  /** cov[d^,t] on the fitting split in the basis a+, a-, c+, c-, w, ci. */
  private double[] right(int j, Regression target) {
    double[] c = fit.combination(j, target);
    return new double[] {c[0], c[1], c[2], c[3], 0, c[4]};
  }
}
