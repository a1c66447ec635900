package org.explain4j.metrics.rho;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.explain4j.api.Patterns;
import org.explain4j.api.RegressionTarget;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Correlation of {@code v'd^} with the target on one split, exactly, from its covariances: {@code
 * cov[d^,d^] = Sigma - A K' - K A' + A G A'} with {@code A = [a+ a-]} and {@code K = [c+ c-]}.
 *
 * @param positive a+ as {@code [k,d]}, float64
 * @param negative a- likewise; the same array if they do not differ
 */
record ResidualStatistics(LayerCovariances split, INDArray positive, INDArray negative) {
  /** What rounding leaves of a variance that is 0, as a share of the one it is the rest of. */
  private static final double NOTHING = 1e-12;

  static ResidualStatistics of(LayerCovariances split, Patterns patterns) {
    INDArray positive = matrix(patterns.positive(), split);
    boolean linear = patterns.positive() == patterns.negative();
    return new ResidualStatistics(
        split, positive, linear ? positive : matrix(patterns.negative(), split));
  }

  private static INDArray matrix(INDArray pattern, LayerCovariances split) {
    return pattern.castTo(DataType.DOUBLE).reshape('c', split.neurons(), -1);
  }

  /**
   * Standard deviation of every input's residual, {@code [k,d]}; bounded away from 0, as an input
   * may be constant.
   */
  INDArray deviations() {
    int k = split.neurons();
    INDArray deviations = positive.ulike();
    int step = NeuronRows.perBlock(positive.size(1));
    for (int from = 0; from < k; from += step) {
      int to = Math.min(k, from + step);
      try (INDArray variances = variances(from, to)) {
        NeuronRows.view(deviations, from, to).assign(Transforms.sqrt(variances, false));
      }
    }
    return deviations;
  }

  /** Variance of every input's residual for some neurons, bounded away from 0. */
  private INDArray variances(int from, int to) {
    INDArray variances = split.variances();
    double least = 1e-6 * variances.meanNumber().doubleValue();
    // diag = Sigma + a+ (G11 a+ + 2 G12 a- - 2 c+) + a- (G22 a- - 2 c-)
    INDArray plus = NeuronRows.view(positive, from, to);
    INDArray minus = NeuronRows.view(negative, from, to);
    try (INDArray quadratic = plus.mulColumnVector(column(from, to, split::varPositive));
        INDArray mixed = minus.mulColumnVector(column(from, to, j -> 2 * split.crossing(j)));
        INDArray covariance = split.positive(from, to).muli(2);
        INDArray other = minus.mulColumnVector(column(from, to, split::varNegative));
        INDArray otherCovariance = split.negative(from, to).muli(2)) {
      quadratic.addi(mixed).subi(covariance).muli(plus);
      other.subi(otherCovariance).muli(minus);
      quadratic.addi(other).addiRowVector(variances);
      return Transforms.max(quadratic, least, true);
    }
  }

  /**
   * Regressions on one input of the residual at a time, {@code cov[d^_i,t] / var d^_i}, times the
   * factor that makes their sum the best predictor of the target, {@code [k,d]}.
   */
  INDArray marginal(RegressionTarget target) {
    int k = split.neurons();
    INDArray marginal = positive.ulike();
    try (INDArray deviations = deviations()) {
      int step = NeuronRows.perBlock(positive.size(1));
      for (int from = 0; from < k; from += step) {
        int to = Math.min(k, from + step);
        INDArray rows = NeuronRows.view(marginal, from, to);
        try (INDArray plus = split.positive(from, to);
            INDArray minus = split.negative(from, to);
            INDArray active = split.active(from, to);
            INDArray slopes = covariances(from, to, target, plus, minus, active)) {
          INDArray deviation = NeuronRows.view(deviations, from, to);
          slopes.divi(deviation).divi(deviation);
          Spread[] spreads = spread(slopes, from, target);
          int first = from;
          slopes.muliColumnVector(column(from, to, j -> spreads[j - first].scale()));
          rows.assign(slopes);
        }
      }
    }
    return marginal;
  }

  private INDArray covariances(
      int from, int to, RegressionTarget target, INDArray plus, INDArray minus, INDArray active) {
    INDArray[] basis = {
      NeuronRows.view(positive, from, to), NeuronRows.view(negative, from, to), plus, minus, active
    };
    double[][] coefficients = new double[to - from][];
    for (int j = from; j < to; j++) {
      coefficients[j - from] = split.combination(j, target);
    }
    return NeuronRows.combination(basis, coefficients);
  }

  /** The residual's covariances of some neurons, {@code [m,d]} each, for repeated use. */
  Block block(int from, int to) {
    return new Block(from, to, split.positive(from, to), split.negative(from, to));
  }

  /** Some neurons with their c+ and c-. */
  final class Block implements AutoCloseable {
    private final int from;
    private final int to;
    private final INDArray plus;
    private final INDArray minus;

    private Block(int from, int to, INDArray plus, INDArray minus) {
      this.from = from;
      this.to = to;
      this.plus = plus;
      this.minus = minus;
    }

    /** {@code cov[d^,d^] v} of rows v. */
    INDArray timesCovariance(INDArray rows) {
      return addRest(rows, split.timesSigma(rows));
    }

    /** Likewise with Sigma in float32; for estimates. */
    INDArray roughlyTimesCovariance(INDArray rows) {
      return addRest(rows, split.roughlyTimesSigma(rows));
    }

    /** Adds {@code (A G A' - A K' - K A') v} to {@code Sigma v}. */
    private INDArray addRest(INDArray rows, INDArray image) {
      INDArray above = NeuronRows.view(positive, from, to);
      INDArray below = NeuronRows.view(negative, from, to);
      double[] alongAbove = NeuronRows.dot(rows, above);
      double[] alongBelow = NeuronRows.dot(rows, below);
      double[] alongPlus = NeuronRows.dot(rows, plus);
      double[] alongMinus = NeuronRows.dot(rows, minus);
      double[][] coefficients = new double[to - from][];
      for (int m = 0; m < coefficients.length; m++) {
        int j = from + m;
        double crossing = split.crossing(j);
        coefficients[m] =
            new double[] {
              split.varPositive(j) * alongAbove[m] + crossing * alongBelow[m] - alongPlus[m],
              crossing * alongAbove[m] + split.varNegative(j) * alongBelow[m] - alongMinus[m],
              -alongAbove[m],
              -alongBelow[m]
            };
      }
      try (INDArray update =
          NeuronRows.combination(new INDArray[] {above, below, plus, minus}, coefficients)) {
        return image.addi(update);
      }
    }

    /** {@code cov[d^,t]}. */
    INDArray covarianceWith(RegressionTarget target) {
      try (INDArray active = split.active(from, to)) {
        return covariances(from, to, target, plus, minus, active);
      }
    }

    /** {@code 1 / var d^} of every input, bounded as {@link #deviations}. */
    INDArray inverseVariances() {
      return variances(from, to).rdivi(1);
    }

    @Override
    public void close() {
      plus.close();
      minus.close();
    }
  }

  private static INDArray column(int from, int to, IntToDoubleFunction value) {
    return Nd4j.createFromArray(IntStream.range(from, to).mapToDouble(value).toArray());
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

    /** Whether the variance is no more than rounding leaves of v'Sigma v. */
    boolean isLost(double square) {
      return variance <= NOTHING * square;
    }

    /** There is no residual in this direction. */
    Spread ofConstant() {
      return new Spread(Double.NaN, 0, varTarget);
    }

    /**
     * Of a v that solves least squares with a penalty: the variance follows from the covariance,
     * which is linear in v and loses half as many digits.
     */
    Spread ofLeastSquares(double penalty) {
      return new Spread(covariance, covariance - penalty, varTarget);
    }

    /** What v is to be multiplied by to predict best; 0 where there is nothing to predict. */
    double scale() {
      return variance > 0 && varTarget > 0 ? covariance / variance : 0;
    }

    /** Mean squared error of the regression, with its best intercept, as a share of var t. */
    double loss() {
      return 1 + (variance - 2 * covariance) / varTarget;
    }
  }

  /**
   * @param v {@code [m,d]} of the neurons from {@code from}
   */
  Spread[] spread(INDArray v, int from, RegressionTarget target) {
    try (INDArray image = split.timesSigma(v)) {
      double[] squares = NeuronRows.dot(v, image);
      Spread[] spreads = spread(v, from, target, squares, split.inner(v, from));
      Arrays.setAll(
          spreads, m -> spreads[m].isLost(squares[m]) ? spreads[m].ofConstant() : spreads[m]);
      return spreads;
    }
  }

  /**
   * @param squares v'Sigma v
   * @param products inner products of v with c+, c- and ci, {@code [3][m]}
   */
  Spread[] spread(
      INDArray v, int from, RegressionTarget target, double[] squares, double[][] products) {
    int to = from + (int) v.size(0);
    double[] above = NeuronRows.dot(v, NeuronRows.view(positive, from, to));
    double[] below =
        positive == negative ? above : NeuronRows.dot(v, NeuronRows.view(negative, from, to));
    double[][] with = {above, below, products[0], products[1], products[2]};
    Spread[] spreads = new Spread[to - from];
    for (int m = 0; m < spreads.length; m++) {
      int j = from + m;
      double plus = with[0][m];
      double minus = with[1][m];
      double variance =
          squares[m]
              - 2 * (plus * with[2][m] + minus * with[3][m])
              + plus * plus * split.varPositive(j)
              + 2 * plus * minus * split.crossing(j)
              + minus * minus * split.varNegative(j);
      double covariance = 0;
      double[] combination = split.combination(j, target);
      for (int c = 0; c < combination.length; c++) {
        covariance += combination[c] * with[c][m];
      }
      spreads[m] = new Spread(covariance, variance, split.varTarget(j, target));
    }
    return spreads;
  }
}
