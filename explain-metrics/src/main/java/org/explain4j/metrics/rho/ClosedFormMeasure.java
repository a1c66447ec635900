package org.explain4j.metrics.rho;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.explain4j.api.Patterns;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.Rho;
import org.explain4j.api.SignalQuality;
import org.explain4j.metrics.rho.ResidualStatistics.Spread;
import org.nd4j.linalg.api.ndarray.INDArray;

/** rho of one estimator after the other on a layer that was factorised once. */
final class ClosedFormMeasure implements SignalQuality.Measure {
  /** How far w'a may be from 1 for the residual to count as singular. */
  private static final double LEAK = 1e-6;

  private final LayerSystem layer;
  private final LayerCovariances fit;
  private Patterns last;
  private Map<RegressionTarget, Rho> lastRho;

  ClosedFormMeasure(LayerSystem layer) {
    this.layer = layer;
    this.fit = layer.fit();
  }

  @SuppressWarnings("ReferenceEquality") // comparing gigabytes costs more than it saves
  @Override
  public synchronized Rho rho(Patterns patterns, RegressionTarget target) {
    // Both targets share the solved patterns: the other one is asked for next.
    if (patterns != last) {
      try (BlasThreads threads = BlasThreads.all()) {
        lastRho = measure(patterns, (t, from, v) -> {});
      }
      last = patterns;
    }
    return lastRho.get(target);
  }

  @SuppressWarnings("ReferenceEquality") // as above
  @Override
  public synchronized List<Rho> rho(
      List<SignalQuality.Question> questions, SignalQuality.Regressions taker) {
    Rho[] all = new Rho[questions.size()];
    for (int i = 0; i < all.length; i++) {
      if (all[i] == null) {
        Patterns patterns = questions.get(i).patterns();
        int[] same =
            IntStream.range(0, all.length)
                .filter(other -> questions.get(other).patterns() == patterns)
                .toArray();
        Taker each =
            (target, from, v) ->
                Arrays.stream(same)
                    .filter(other -> questions.get(other).target() == target)
                    .forEach(other -> taker.take(other, from, v));
        try (BlasThreads threads = BlasThreads.all()) {
          Map<RegressionTarget, Rho> found = measure(patterns, each);
          for (int other : same) {
            all[other] = found.get(questions.get(other).target());
          }
        }
      }
    }
    return List.of(all);
  }

  /** Takes v of some neurons for a target. */
  private interface Taker {
    void take(RegressionTarget target, int from, INDArray v);
  }

  @Override
  public synchronized void close() {
    layer.close();
  }

  private Map<RegressionTarget, Rho> measure(Patterns patterns, Taker taker) {
    long start = System.nanoTime();
    Map<RegressionTarget, RhoCollector> collectors = new EnumMap<>(RegressionTarget.class);
    for (RegressionTarget target : RegressionTarget.values()) {
      collectors.put(target, new RhoCollector(patterns, fit, layer.evaluate()));
    }
    ResidualStatistics onC = ResidualStatistics.of(layer.evaluate(), patterns);
    ResidualStatistics onB = new ResidualStatistics(fit, onC.positive(), onC.negative());
    int leaking = 0;
    int from = 0;
    for (LayerBasis basis : layer.bases()) {
      leaking += block(basis, new Block(onB, onC, from, taker), collectors);
      from += basis.gram().length;
    }
    Map<String, Double> diagnostics = new HashMap<>();
    diagnostics.put("ridge", layer.ridge());
    diagnostics.put("seconds", (System.nanoTime() - start) / 1e9 / collectors.size());
    diagnostics.put("constant-inputs", (double) layer.constantInputs().length);
    diagnostics.put("dropped-inputs", (double) layer.cholesky().dropped());
    diagnostics.put("leaking", (double) leaking);
    Map<RegressionTarget, Rho> rho = new EnumMap<>(RegressionTarget.class);
    collectors.forEach((target, collector) -> rho.put(target, collector.rho(diagnostics)));
    return rho;
  }

  /** Where a block's v go to. */
  private record Block(ResidualStatistics onB, ResidualStatistics onC, int from, Taker taker) {}

  /** Number of leaking neurons. */
  private int block(LayerBasis basis, Block block, Map<RegressionTarget, RhoCollector> collectors) {
    ResidualStatistics onC = block.onC();
    int from = block.from();
    int to = from + basis.gram().length;
    INDArray plus = NeuronRows.view(onC.positive(), from, to);
    boolean linear = onC.positive() == onC.negative();
    INDArray minus = linear ? null : NeuronRows.view(onC.negative(), from, to);
    try (Woodbury woodbury = Woodbury.of(basis, plus, minus, layer.cholesky())) {
      double[] tau = new double[to - from];
      LayerSystem.Along above = along(woodbury, 0, basis, plus);
      LayerSystem.Along below = linear ? above : along(woodbury, 1, basis, minus);
      int leaking = 0;
      for (int m = 0; m < tau.length; m++) {
        int j = from + m;
        leaking += leaks(above.varying()[m], below.varying()[m], j) ? 1 : 0;
        // Where w'd^ varies nothing is singular along w, and tau would be a penalty.
        tau[m] = leaks(above.all()[m], below.all()[m], j) ? 0 : tau(woodbury.gram()[m], j);
      }
      collectors.forEach((target, collector) -> target(woodbury, tau, block, target, collector));
      return leaking;
    }
  }

  private LayerSystem.Along along(
      Woodbury woodbury, int regime, LayerBasis basis, INDArray patterns) {
    if (layer.ridge() > 0) {
      return layer.along(basis, patterns);
    }
    double[] onPivots =
        Arrays.stream(woodbury.gram()).mapToDouble(gram -> gram[regime][Woodbury.Q]).toArray();
    return new LayerSystem.Along(onPivots, onPivots);
  }

  /** Whether {@code w'd^} varies on split B: in a regime that occurs w'a is not 1. */
  private boolean leaks(double above, double below, int neuron) {
    return (fit.varPositive(neuron) > 0 && Math.abs(1 - above) > LEAK)
        || (fit.varNegative(neuron) > 0 && Math.abs(1 - below) > LEAK);
  }

  private double tau(double[][] gram, int neuron) {
    double length =
        layer.ridge() > 0
            ? layer.squaredLengths()[neuron] / layer.meanVariance()
            : gram[Woodbury.Q][Woodbury.Q];
    return length > 0 ? 1 / length : 0;
  }

  private void target(
      Woodbury woodbury,
      double[] tau,
      Block block,
      RegressionTarget target,
      RhoCollector collector) {
    int from = block.from();
    double[][] v = new double[tau.length][];
    for (int m = 0; m < v.length; m++) {
      int j = from + m;
      v[m] =
          woodbury.solve(
              m,
              right(j, target),
              new Woodbury.Update(fit.varPositive(j), fit.crossing(j), fit.varNegative(j), tau[m]));
    }
    try (INDArray vectors = woodbury.vectors(v)) {
      block.taker().take(target, from, vectors);
      Spread[] fitted = fitted(woodbury.layer(), vectors, block, target);
      Spread[] evaluated = block.onC().spread(vectors, from, target);
      for (int m = 0; m < v.length; m++) {
        collector.put(from + m, fitted[m], evaluated[m]);
      }
    }
  }

  /**
   * On split B, whose Sigma and products with x may be given up: {@code (Sigma + ridge) v} comes
   * from the factor, and its inner product with {@code P c} is {@code v'c}. What v leaves unsolved
   * counts as a second-order error so; v's inner products in P, which must cancel, would count it
   * as a first-order one.
   */
  private Spread[] fitted(
      LayerBasis basis, INDArray vectors, Block block, RegressionTarget target) {
    try (INDArray image = layer.cholesky().times(vectors)) {
      double[] squares = NeuronRows.dot(vectors, image);
      double[] norms = NeuronRows.dot(vectors, vectors);
      Arrays.setAll(squares, m -> squares[m] - layer.ridge() * norms[m]);
      Spread[] fitted =
          block.onB().spread(vectors, block.from(), target, squares, basis.covariances(image));
      Arrays.setAll(
          fitted,
          m ->
              fitted[m].isLost(squares[m])
                  ? fitted[m].ofLeastSquares(layer.ridge() * norms[m])
                  : fitted[m]);
      return fitted;
    }
  }

  /** cov[d^,t] on the fitting split in the basis a+, a-, c+, c-, q, ci. */
  private double[] right(int j, RegressionTarget target) {
    double[] c = fit.combination(j, target);
    return new double[] {c[0], c[1], c[2], c[3], 0, c[4]};
  }
}
