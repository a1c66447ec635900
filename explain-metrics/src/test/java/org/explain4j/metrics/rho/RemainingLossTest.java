package org.explain4j.metrics.rho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.explain4j.api.Patterns;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.Rho;
import org.explain4j.api.SignalQuality;
import org.explain4j.network.moments.LayerSamples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class RemainingLossTest {
  private final SyntheticLayer synthetic = SyntheticLayer.of(20, 60, 1);
  private final LayerSamples a = synthetic.samples(2000, 2);
  private final LayerSamples b = synthetic.samples(2000, 3);
  private final LayerSamples c = synthetic.samples(2000, 4);

  /** cov[d^,d^] written out. */
  private static RealMatrix covariance(ResidualStatistics statistics, int j) {
    LayerCovariances split = statistics.split();
    RealMatrix plus = column(statistics.positive().getRow(j));
    RealMatrix minus = column(statistics.negative().getRow(j));
    RealMatrix with = column(split.positive(j, j + 1));
    RealMatrix without = column(split.negative(j, j + 1));
    int d = plus.getRowDimension();
    INDArray unit = Nd4j.eye(d).castTo(statistics.positive().dataType());
    RealMatrix sum = new Array2DRowRealMatrix(split.timesSigma(unit).toDoubleMatrix());
    RealMatrix half = plus.multiply(with.transpose()).add(minus.multiply(without.transpose()));
    sum = sum.subtract(half).subtract(half.transpose());
    RealMatrix crossed = plus.multiply(minus.transpose());
    return sum.add(plus.multiply(plus.transpose()).scalarMultiply(split.varPositive(j)))
        .add(minus.multiply(minus.transpose()).scalarMultiply(split.varNegative(j)))
        .add(crossed.add(crossed.transpose()).scalarMultiply(split.crossing(j)));
  }

  private static RealMatrix column(INDArray row) {
    return new Array2DRowRealMatrix(row.reshape(row.length()).toDoubleVector());
  }

  /** To float32's precision of what is added up. */
  @Test
  void aRoughProductWithSigmaIsCloseToTheExactOne() {
    INDArray rows = SyntheticLayer.gaussian(new SplittableRandom(5), 20, 60);
    try (LayerCovariances split = new LayerCovariances(b.moments())) {
      double[] exact = split.timesSigma(rows).ravel().toDoubleVector();
      double[] rough = split.roughlyTimesSigma(rows).ravel().toDoubleVector();
      double largest = Arrays.stream(exact).map(Math::abs).max().orElseThrow();
      assertThat(rough).isNotEqualTo(exact).containsExactly(exact, within(1e-6 * largest));
      assertThat(split.roughlyTimesSigma(rows).dataType()).isEqualTo(DataType.DOUBLE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void isTwiceWhatIsLeftWhereTheStepsReachIt(RegressionTarget target) {
    Patterns patterns = SyntheticLayer.twoComponent(a.moments(), RegressionTarget.PRE);
    ResidualStatistics statistics =
        ResidualStatistics.of(new LayerCovariances(b.moments()), patterns);
    INDArray v = SyntheticLayer.gaussian(new SplittableRandom(5), 20, 60).muli(0.01);
    double[] estimated =
        new RemainingLoss(statistics, target).estimate(v, 0, Double.POSITIVE_INFINITY);
    for (int j = 0; j < 20; j++) {
      RealMatrix matrix = covariance(statistics, j);
      RealVector right;
      try (ResidualStatistics.Block block = statistics.block(j, j + 1)) {
        right = new ArrayRealVector(block.covarianceWith(target).toDoubleMatrix()[0]);
      }
      RealVector start = new ArrayRealVector(v.getRow(j).toDoubleVector());
      RealVector residual = right.subtract(matrix.operate(start));
      double tiny = 1e-9 * matrix.getTrace() / 60; // singular along w
      RealMatrix regular = matrix.copy();
      for (int i = 0; i < 60; i++) {
        regular.addToEntry(i, i, tiny);
      }
      double left =
          residual.dotProduct(new LUDecomposition(regular).getSolver().solve(residual))
              / statistics.split().varTarget(j, target);
      assertThat(estimated[j]).isBetween(1.2 * left, 2.000001 * left);
    }
  }

  @ParameterizedTest
  @EnumSource
  void stopsWhenTheSumIsKnownToBeAboveWhatIsAllowed(RegressionTarget target) {
    RemainingLoss remaining =
        new RemainingLoss(
            ResidualStatistics.of(
                new LayerCovariances(b.moments()),
                SyntheticLayer.twoComponent(a.moments(), RegressionTarget.PRE)),
            target);
    INDArray v = SyntheticLayer.gaussian(new SplittableRandom(5), 20, 60).muli(0.01);
    double[] whole = remaining.estimate(v, 0, Double.POSITIVE_INFINITY);
    double sum = Arrays.stream(whole).sum();
    assertThat(remaining.estimate(v, 0, 2 * sum)).containsExactly(whole, within(1e-4 * sum));
    assertThat(Arrays.stream(remaining.estimate(v, 0, sum / 2)).sum())
        .isStrictlyBetween(sum / 2, sum);
  }

  @ParameterizedTest
  @EnumSource
  void theSolutionHasNothingLeft(RegressionTarget target) {
    Patterns patterns = SyntheticLayer.random(a.moments(), 5);
    double[][] left = new double[1][];
    ResidualStatistics statistics =
        ResidualStatistics.of(new LayerCovariances(b.moments()), patterns);
    try (var measure = new ClosedForm(1e-10).of(synthetic.layer(), b, c)) {
      measure.rho(
          List.of(new SignalQuality.Question(patterns, target)),
          (question, from, v) ->
              left[0] =
                  new RemainingLoss(statistics, target)
                      .estimate(v, from, Double.POSITIVE_INFINITY));
    }
    assertThat(left[0]).containsExactly(new double[20], within(1e-6));
  }

  /** Cut off early, later, and not: the distance is honest, and converged means close. */
  @ParameterizedTest
  @CsvSource({"50, PRE", "400, PRE", "400, POST", "40000, PRE", "40000, POST"})
  void adamSaysHowFarItIsFromTheExactLoss(int maxSteps, RegressionTarget target) {
    Adam adam = new Adam(0.03, 0.5, 100, 50, 0.002, maxSteps, 1, false);
    for (Patterns patterns :
        new Patterns[] {
          SyntheticLayer.random(a.moments(), 5), SyntheticLayer.linear(a.moments(), target)
        }) {
      Rho exact = new ClosedForm(1e-9).of(synthetic.layer(), b, c).rho(patterns, target);
      Rho found = adam.of(synthetic.layer(), b, c).rho(patterns, target);
      double above = found.diagnostics().get("loss") - exact.diagnostics().get("loss");
      double distance = found.diagnostics().get("distance");
      assertThat(above).isBetween(0.5 * distance - 1e-6, distance + 1e-6);
      assertThat(found.diagnostics()).containsEntry("converged", distance <= 0.01 ? 1.0 : 0.0);
      if (maxSteps == 40_000) {
        assertThat(above).isLessThan(0.02);
      }
    }
  }
}
