package org.explain4j.metrics.rho;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.explain4j.api.Patterns;
import org.explain4j.api.Regression;
import org.explain4j.api.Rho;
import org.explain4j.api.SignalQuality;
import org.explain4j.api.moments.LayerMoments;
import org.explain4j.api.network.LinearLayer;
import org.explain4j.metrics.rho.ResidualStatistics.Spread;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer's factorised covariance and what every estimator needs solved with it. */
final class ClosedFormMeasure implements SignalQuality.Measure {
  private final LayerCovariances fit;
  private final LayerCovariances evaluate;
  private final INDArray weights; // [k,d]
  private final Cholesky cholesky;
  private final INDArray[] solved; // of c+, c-, w, ci
  private final double ridge;
  private final double meanVariance;
  private final double constantInputs;
  private Patterns last;
  private Map<Regression, Rho> lastRho;

  private ClosedFormMeasure(
      double relativeRidge, LayerCovariances fit, LayerCovariances evaluate, INDArray weights) {
    this.fit = fit;
    this.evaluate = evaluate;
    this.weights = weights;
    INDArray variances = org.nd4j.linalg.factory.Nd4j.diag(fit.sigma());
    this.meanVariance = variances.meanNumber().doubleValue();
    this.constantInputs =
        Arrays.stream(variances.toDoubleVector()).filter(v -> v <= 1e-15 * meanVariance).count();
    if (!(meanVariance > 0)) {
      throw new IllegalArgumentException("The layer's inputs are constant on the fitting split.");
    }
    this.ridge = relativeRidge * meanVariance;
    INDArray matrix = fit.sigma();
    for (long i = 0; i < matrix.size(0); i++) {
      matrix.putScalar(i, i, matrix.getDouble(i, i) + ridge);
    }
    this.cholesky = Cholesky.of(matrix);
    this.solved =
        new INDArray[] {
          solve(fit.positive()), solve(fit.negative()), solve(weights), solve(fit.active())
        };
  }

  static ClosedFormMeasure of(
      double relativeRidge, LinearLayer layer, LayerMoments fit, LayerMoments evaluate) {
    return new ClosedFormMeasure(
        relativeRidge,
        new LayerCovariances(fit),
        new LayerCovariances(evaluate),
        layer.weights().castTo(DataType.DOUBLE).dup('c').reshape('c', layer.neurons(), -1));
  }

  private INDArray solve(INDArray rows) {
    INDArray copy = rows.dup('c');
    cholesky.solve(copy);
    return copy;
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
    INDArray[] basis = {
      Rows.view(onB.positive(), from, to),
      Rows.view(onB.negative(), from, to),
      Rows.view(fit.positive(), from, to),
      Rows.view(fit.negative(), from, to),
      Rows.view(weights, from, to),
      Rows.view(fit.active(), from, to)
    };
    boolean linear = onB.positive() == onB.negative();
    try (INDArray positive = solve(basis[0]);
        INDArray negative = linear ? null : solve(basis[1])) {
      INDArray[] inverted = {
        positive,
        linear ? positive : negative,
        Rows.view(solved[0], from, to),
        Rows.view(solved[1], from, to),
        Rows.view(solved[2], from, to),
        Rows.view(solved[3], from, to)
      };
      Woodbury woodbury = Woodbury.of(basis, inverted);
      double[] lengths = Rows.dot(basis[Woodbury.W], basis[Woodbury.W]);
      collectors.forEach(
          (target, collector) -> target(woodbury, lengths, onC, from, target, collector));
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
