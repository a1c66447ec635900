package org.explain4j.metrics.rho;

import org.explain4j.api.Patterns;
import org.explain4j.api.Regression;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Correlation of {@code v'd^} with the target on one split, exactly, from its covariances: {@code
 * cov[d^,d^] = Sigma - A K' - K A' + A G A'} with {@code A = [a+ a-]} and {@code K = [c+ c-]}.
 *
 * @param positive a+ as {@code [k,d]}, float64
 * @param negative a- likewise
 */
record ResidualStatistics(LayerCovariances split, INDArray positive, INDArray negative) {
  /** What rounding leaves of a variance that is 0, as a share of the one it is the rest of. */
  private static final double NOTHING = 1e-12;

  static ResidualStatistics of(LayerCovariances split, Patterns patterns) {
    return new ResidualStatistics(
        split, matrix(patterns.positive(), split), matrix(patterns.negative(), split));
  }

  private static INDArray matrix(INDArray pattern, LayerCovariances split) {
    return pattern
        .castTo(org.nd4j.linalg.api.buffer.DataType.DOUBLE)
        .reshape('c', split.neurons(), -1);
  }

  /**
   * Standard deviation of every input's residual, {@code [k,d]}; bounded away from 0, as an input
   * may be constant.
   */
  INDArray deviations() {
    int k = split.neurons();
    double[][] varPlus = new double[k][1];
    double[][] varMinus = new double[k][1];
    double[][] crossing = new double[k][1];
    for (int j = 0; j < k; j++) {
      varPlus[j][0] = split.varPositive(j);
      varMinus[j][0] = split.varNegative(j);
      crossing[j][0] = 2 * split.crossing(j);
    }
    // diag = Sigma - 2 (a+ c+ + a- c-) + G11 a+ a+ + 2 G12 a+ a- + G22 a- a-
    try (INDArray quadratic = positive.mul(Nd4j.createFromArray(varPlus));
        INDArray mixed = negative.mul(Nd4j.createFromArray(crossing));
        INDArray plus = quadratic.addi(mixed).subi(split.positive()).subi(split.positive());
        INDArray first = plus.muli(positive);
        INDArray second = negative.mul(Nd4j.createFromArray(varMinus));
        INDArray minus = second.subi(split.negative()).subi(split.negative()).muli(negative)) {
      INDArray variances = first.add(minus).addiRowVector(Nd4j.diag(split.sigma()));
      double least = 1e-6 * Nd4j.diag(split.sigma()).meanNumber().doubleValue();
      return Transforms.sqrt(Transforms.max(variances, least, false), false);
    }
  }

  /** cov and var of {@code v'd^}, neuron by neuron. */
  record Spread(double covariance, double variance, double varTarget) {

    /** 1 - corr; NaN where the target or {@code v'd^} is constant. */
    double rho() {
      if (varTarget > 0 && Math.abs(covariance) <= NOTHING * varTarget) {
        // Only rounding is left; for the least squares v the variance is the covariance.
        return 1 - Math.sqrt(Math.max(0, covariance) / varTarget);
      }
      return varTarget > 0 && variance > 0
          ? 1 - covariance / Math.sqrt(variance * varTarget)
          : Double.NaN;
    }

    /** Mean squared error of the regression, with its best intercept, as a share of var t. */
    double loss() {
      return 1 + (variance - 2 * covariance) / varTarget;
    }
  }

  /**
   * @param v {@code [m,d]} of the neurons from {@code from}
   */
  Spread[] spread(INDArray v, int from, Regression target) {
    int to = from + (int) v.size(0);
    double[][] with = {
      Rows.dot(v, Rows.view(positive, from, to)),
      Rows.dot(v, Rows.view(negative, from, to)),
      Rows.dot(v, Rows.view(split.positive(), from, to)),
      Rows.dot(v, Rows.view(split.negative(), from, to)),
      Rows.dot(v, Rows.view(split.active(), from, to))
    };
    double[] inner;
    try (INDArray image = v.mmul(split.sigma())) {
      inner = Rows.dot(v, image);
    }
    Spread[] spreads = new Spread[to - from];
    for (int m = 0; m < spreads.length; m++) {
      int j = from + m;
      double plus = with[0][m];
      double minus = with[1][m];
      double variance =
          inner[m]
              - 2 * (plus * with[2][m] + minus * with[3][m])
              + plus * plus * split.varPositive(j)
              + 2 * plus * minus * split.crossing(j)
              + minus * minus * split.varNegative(j);
      double covariance = 0;
      double[] combination = split.combination(j, target);
      for (int c = 0; c < combination.length; c++) {
        covariance += combination[c] * with[c][m];
      }
      // Less than rounding leaves of v'Sigma v: there is no residual in this direction.
      boolean constant = variance <= NOTHING * inner[m];
      spreads[m] =
          new Spread(
              constant ? Double.NaN : covariance,
              constant ? 0 : variance,
              split.varTarget(j, target));
    }
    return spreads;
  }
}
