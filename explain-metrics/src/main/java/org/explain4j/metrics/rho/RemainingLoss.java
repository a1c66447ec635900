package org.explain4j.metrics.rho;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.explain4j.api.RegressionTarget;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How far regressions v are from the least loss on a split, without solving for it. The loss {@code
 * 1 + (v'Cv - 2 v'c) / var t} is quadratic with C = cov[d^,d^] and c = cov[d^,t], so that its
 * gradient is exact from the moments. No norm of the gradient bounds what is left: C has directions
 * of nearly no variance, in which a small gradient may hide a large loss. A few steps of conjugate
 * gradients from v do the next best: what they gain is left for certain, and they find most of the
 * rest, as they are optimal for their number of products with C. Twice the gain is the estimate.
 *
 * <p>Where it is only asked whether the sum is above a limit, the steps' products with Sigma are in
 * float32 in narrow layers: they then gain up to a fifth less.
 */
final class RemainingLoss {
  /** Their products with C cost as much as 200 mini-batches of 200 where d is 5,000. */
  private static final int STEPS = 16;

  private final ResidualStatistics statistics;
  private final RegressionTarget target;

  RemainingLoss(ResidualStatistics statistics, RegressionTarget target) {
    this.statistics = statistics;
    this.target = target;
  }

  /**
   * Per neuron, as a share of the target's variance; NaN where that is 0.
   *
   * @param v {@code [m,d]} of the neurons from {@code from}, float64; not changed
   * @param most to stop as soon as the estimates' sum is above it: they are then too small;
   *     infinite for exact arithmetic
   */
  double[] estimate(INDArray v, int from, double most) {
    try (ResidualStatistics.Block block = statistics.block(from, from + (int) v.size(0));
        INDArray image = block.timesCovariance(v);
        INDArray residual = block.covarianceWith(target).subi(image);
        INDArray scale = block.inverseVariances()) {
      double[] shares = new double[(int) v.size(0)];
      for (int m = 0; m < shares.length; m++) {
        double variance = statistics.split().varTarget(from + m, target);
        shares[m] = variance > 0 ? 2 / variance : Double.NaN;
      }
      return descend(block, residual, scale, new Aim(shares, most));
    }
  }

  /** Each neuron's factor from gains to estimates, and a sum of estimates that is known enough. */
  private record Aim(double[] shares, double most) {

    double[] estimates(double[] gains) {
      return IntStream.range(0, gains.length).mapToDouble(m -> gains[m] * shares[m]).toArray();
    }

    INDArray image(ResidualStatistics.Block block, INDArray direction) {
      return Double.isInfinite(most)
          ? block.timesCovariance(direction)
          : block.roughlyTimesCovariance(direction);
    }

    boolean isPassed(double[] gains) {
      return Arrays.stream(estimates(gains)).filter(Double::isFinite).sum() > most;
    }
  }

  /** What conjugate gradients, scaled by the inputs' variances, gain from a residual c - Cv. */
  private static double[] descend(
      ResidualStatistics.Block block, INDArray residual, INDArray scale, Aim aim) {
    INDArray direction = residual.mul(scale);
    double[] size = NeuronRows.dot(residual, direction);
    double[] gains = new double[size.length];
    for (int step = 0; step < STEPS && !aim.isPassed(gains); step++) {
      try (INDArray image = aim.image(block, direction)) {
        double[] curvature = NeuronRows.dot(direction, image);
        double[] length = quotients(size, curvature);
        for (int m = 0; m < gains.length; m++) {
          gains[m] += length[m] * size[m];
        }
        add(residual, image, m -> -length[m], m -> 1);
      }
      try (INDArray scaled = residual.mul(scale)) {
        double[] next = NeuronRows.dot(residual, scaled);
        double[] kept = quotients(next, size);
        add(direction, scaled, m -> 1, m -> kept[m]);
        size = next;
      }
    }
    direction.close();
    return aim.estimates(gains);
  }

  /** {@code target = keep * target + factor * rows}, with numbers of their own in every row. */
  private static void add(
      INDArray target, INDArray rows, IntToDoubleFunction factor, IntToDoubleFunction keep) {
    double[][] coefficients =
        IntStream.range(0, (int) rows.size(0))
            .mapToObj(m -> new double[] {keep.applyAsDouble(m), factor.applyAsDouble(m)})
            .toArray(double[][]::new);
    NeuronRows.combine(target, new INDArray[] {target, rows}, coefficients);
  }

  /** 0 where there is nothing to divide by: such a neuron has arrived. */
  private static double[] quotients(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(m -> b[m] > 0 ? a[m] / b[m] : 0).toArray();
  }

  /** The mean over the numbers, or 0 of none. */
  static double mean(double[] numbers) {
    return Arrays.stream(numbers).filter(Double::isFinite).average().orElse(0);
  }
}
