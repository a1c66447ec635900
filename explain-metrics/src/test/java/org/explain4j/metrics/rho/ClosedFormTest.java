package org.explain4j.metrics.rho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.explain4j.api.Patterns;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.Rho;
import org.explain4j.network.Dense;
import org.explain4j.network.moments.LayerData;
import org.explain4j.network.moments.LayerMoments;
import org.explain4j.network.moments.LayerSamples;
import org.explain4j.network.moments.MiniBatches;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ClosedFormTest {
  private static final double RIDGE = 1e-6;
  private final SyntheticLayer synthetic = SyntheticLayer.of(50, 30, 1);
  private final LayerSamples a = synthetic.samples(4000, 2);
  private final LayerSamples b = synthetic.samples(1500, 3);
  private final LayerSamples c = synthetic.samples(1000, 4);
  private final NaiveRho naive =
      NaiveRho.of(synthetic.layer(), synthetic.draw(1500, 3), synthetic.draw(1000, 4));

  @Test
  void equalsLeastSquaresOnExplicitResiduals() {
    List<Patterns> estimators =
        List.of(
            SyntheticLayer.random(a.moments(), 5),
            SyntheticLayer.direction(a.moments(), synthetic.layer().weights()),
            SyntheticLayer.linear(a.moments(), RegressionTarget.PRE),
            SyntheticLayer.twoComponent(a.moments(), RegressionTarget.PRE),
            SyntheticLayer.twoComponent(a.moments(), RegressionTarget.POST));
    double ridge = RIDGE * Nd4j.diag(b.moments().sigma()).meanNumber().doubleValue();
    var measure = new ClosedForm(RIDGE).of(synthetic.layer(), b, c);
    for (Patterns patterns : estimators) {
      for (RegressionTarget target : RegressionTarget.values()) {
        Rho rho = measure.rho(patterns, target);
        for (int j = 0; j < 50; j++) {
          double[] expected = naive.ridge(ridge, patterns, target, j);
          assertThat(rho.fitted()[j]).isCloseTo(expected[0], within(1e-6));
          assertThat(rho.evaluated()[j]).isCloseTo(expected[1], within(1e-6));
        }
      }
    }
  }

  @Test
  void regressionsLeaveNoCorrelationInSample() {
    var measure = new ClosedForm(RIDGE).of(synthetic.layer(), a, a);
    for (RegressionTarget r : RegressionTarget.values()) {
      allOne(measure.rho(SyntheticLayer.twoComponent(a.moments(), r), r).evaluated());
      allOne(measure.rho(SyntheticLayer.linear(a.moments(), r), r).evaluated());
    }
    Rho other =
        measure.rho(
            SyntheticLayer.twoComponent(a.moments(), RegressionTarget.PRE), RegressionTarget.POST);
    assertThat(Arrays.stream(other.evaluated()).min().orElseThrow()).isLessThan(0.9);
  }

  /** It is 10,000 times as long as one along the weights: what cancels is large. */
  @ParameterizedTest
  @EnumSource
  void aPatternAcrossTheWeightsHasTheRhoOfItsResidualsWhereItWasFitted(RegressionTarget target) {
    INDArray weights = synthetic.layer().weights();
    INDArray across = SyntheticLayer.gaussian(new SplittableRandom(8), 50, 30);
    INDArray along = across.mul(weights).sum(1).div(weights.mul(weights).sum(1));
    INDArray directions = across.sub(weights.mulColumnVector(along.sub(1e-4)));
    Patterns patterns = SyntheticLayer.direction(a.moments(), directions);
    double ridge = RIDGE * Nd4j.diag(b.moments().sigma()).meanNumber().doubleValue();
    Rho rho = new ClosedForm(RIDGE).of(synthetic.layer(), b, c).rho(patterns, target);
    for (int j = 0; j < 50; j += 5) {
      double expected = naive.ridge(ridge, patterns, target, j)[0];
      assertThat(rho.fitted()[j]).isCloseTo(expected, within(1e-9)).isGreaterThan(-1e-12);
    }
  }

  @Test
  void inSampleRhoOfAnyDirectionHasAFormula() {
    INDArray u = SyntheticLayer.random(a.moments(), 6).positive();
    INDArray w = a.moments().weights();
    RealMatrix sigma = new Array2DRowRealMatrix(a.moments().sigma().toDoubleMatrix());
    var solver = new CholeskyDecomposition(sigma, 1e-9, 1e-12).getSolver();
    double[] rho =
        new ClosedForm(1e-12)
            .of(synthetic.layer(), a, a)
            .rho(Patterns.linear(u), RegressionTarget.PRE)
            .evaluated();
    for (int j = 0; j < rho.length; j++) {
      RealVector direction = MatrixUtils.createRealVector(u.getRow(j).toDoubleVector());
      RealVector weight = MatrixUtils.createRealVector(w.getRow(j).toDoubleVector());
      double share =
          Math.pow(direction.dotProduct(weight), 2)
              / direction.dotProduct(solver.solve(direction))
              / weight.dotProduct(sigma.operate(weight));
      assertThat(rho[j]).isCloseTo(1 - Math.sqrt(1 - share), within(1e-6));
    }
  }

  @Test
  void deadNeuronsCountForPreAndAreLeftOutForPost() {
    Dense layer =
        new Dense(synthetic.layer().weights(), synthetic.layer().bias().dup().putScalar(7, -1e4));
    LayerSamples fit = new LayerSamples(layer, synthetic.draw(1000, 8));
    LayerSamples evaluate = new LayerSamples(layer, synthetic.draw(1000, 9));
    Patterns patterns = SyntheticLayer.linear(fit.moments(), RegressionTarget.PRE);
    var measure = new ClosedForm().of(layer, fit, evaluate);
    assertThat(measure.rho(patterns, RegressionTarget.PRE).included()[7]).isTrue();
    Rho post = measure.rho(patterns, RegressionTarget.POST);
    assertThat(post.included()[7]).isFalse();
    assertThat(post.evaluated()[7]).isNaN();
    assertThat(post.diagnostics()).containsEntry("undefined", 1.0);
    assertThat(post.evaluated()[8]).isBetween(0.0, 1.1);
    assertThat(post.diagnostics().get("loss")).isBetween(0.0, 1.0);
  }

  @Test
  void aMissingPatternIsMeasuredButNotIncluded() {
    List<Patterns.State> states = new ArrayList<>(Collections.nCopies(50, Patterns.State.FITTED));
    states.set(3, Patterns.State.VANISHING);
    INDArray direction = SyntheticLayer.random(a.moments(), 7).positive().dup();
    direction.getRow(3).assign(0);
    Patterns patterns = new Patterns(direction, direction, states, states);
    Rho rho = new ClosedForm(RIDGE).of(synthetic.layer(), b, c).rho(patterns, RegressionTarget.PRE);
    assertThat(rho.included()[3]).isFalse();
    // S(x) = 0 leaves all of x as distractor, and y is a function of x.
    assertThat(rho.evaluated()[3]).isCloseTo(0, within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 5})
  void constantInputsAreCountedAndDoNoHarm(double constant) {
    LayerSamples fit = constantInput(constant, 10);
    LayerSamples evaluate = constantInput(constant, 11);
    Patterns patterns = SyntheticLayer.linear(fit.moments(), RegressionTarget.PRE);
    Rho rho =
        new ClosedForm().of(synthetic.layer(), fit, evaluate).rho(patterns, RegressionTarget.PRE);
    assertThat(rho.diagnostics())
        .containsEntry("constant-inputs", 1.0)
        .containsEntry("leaking", 0.0);
    allOne(rho.fitted());
  }

  /** What a pattern says of an input that never varies takes nothing out of the residual. */
  @Test
  void aPatternLeaksByTheInputsThatVaryOnly() {
    LayerSamples fit = constantInput(0, 10);
    INDArray directions = SyntheticLayer.linear(fit.moments(), RegressionTarget.PRE).positive();
    INDArray withConstant = directions.dup();
    withConstant.getColumn(4).assign(3);
    Patterns patterns = Patterns.linear(withConstant);
    Rho rho = new ClosedForm().of(synthetic.layer(), fit, fit).rho(patterns, RegressionTarget.PRE);
    assertThat(rho.diagnostics()).containsEntry("leaking", 0.0);
  }

  /** Input 4 is dead, 6 a copy of 2, 9 a sum of 7 and 8, in every split. */
  private static INDArray withNullDirections(INDArray samples) {
    samples.getColumn(4).assign(0);
    samples.getColumn(6).assign(samples.getColumn(2));
    samples.getColumn(9).assign(samples.getColumn(7).add(samples.getColumn(8)));
    return samples;
  }

  @ParameterizedTest
  @EnumSource
  void withoutRidgeItIsThePseudoInverse(RegressionTarget target) {
    INDArray drawnB = withNullDirections(synthetic.draw(300, 13));
    INDArray drawnC = withNullDirections(synthetic.draw(200, 14));
    LayerSamples onA =
        new LayerSamples(synthetic.layer(), withNullDirections(synthetic.draw(4000, 12)));
    LayerSamples onB = new LayerSamples(synthetic.layer(), drawnB);
    LayerSamples onC = new LayerSamples(synthetic.layer(), drawnC);
    NaiveRho twin = NaiveRho.of(synthetic.layer(), drawnB, drawnC);
    List<Patterns> estimators =
        List.of(
            SyntheticLayer.linear(onA.moments(), RegressionTarget.PRE),
            SyntheticLayer.linear(onA.moments(), RegressionTarget.POST),
            SyntheticLayer.twoComponent(onA.moments(), RegressionTarget.PRE),
            SyntheticLayer.twoComponent(onA.moments(), RegressionTarget.POST),
            SyntheticLayer.random(onA.moments(), 5),
            SyntheticLayer.direction(onA.moments(), synthetic.layer().weights()));
    for (Patterns patterns : estimators) {
      boolean inRange = estimators.indexOf(patterns) < 4;
      Rho rho = new ClosedForm(0).of(synthetic.layer(), onB, onC).rho(patterns, target);
      assertThat(rho.diagnostics())
          .containsEntry("constant-inputs", 1.0)
          .containsEntry("dropped-inputs", 3.0)
          .containsEntry("leaking", inRange ? 0.0 : 50.0)
          .containsEntry("ridge", 0.0);
      for (int j = 0; j < 50; j += 5) {
        double[] expected = twin.pseudoInverse(patterns, target, j);
        assertThat(rho.fitted()[j]).isCloseTo(expected[0], within(1e-6));
        assertThat(rho.evaluated()[j]).isCloseTo(expected[1], within(1e-6));
      }
    }
  }

  /**
   * Where a residual has millionths of y and there is no ridge, v is a million times as long as w:
   * so of two neurons of {@link GoldenRhoTest}.
   */
  @Test
  void aVarianceLostInRoundingFollowsFromTheCovariance() {
    ResidualStatistics.Spread lost = new ResidualStatistics.Spread(4, -1e-13, 4);
    assertThat(lost.isLost(1)).isTrue();
    assertThat(new ResidualStatistics.Spread(4, 3, 4).isLost(1)).isFalse();
    assertThat(lost.rho()).isNaN();
    assertThat(lost.ofConstant().rho()).isNaN();
    assertThat(lost.ofLeastSquares(0).rho()).isZero();
    assertThat(lost.ofLeastSquares(0.5).variance()).isEqualTo(3.5);
  }

  /** With 25 samples of 30 inputs: fitted alike; elsewhere there are many solutions. */
  @Test
  void fewerSamplesThanInputsAreFittedExactly() {
    INDArray drawn = synthetic.draw(25, 15);
    LayerSamples few = new LayerSamples(synthetic.layer(), drawn);
    Rho rho =
        new ClosedForm(0)
            .of(synthetic.layer(), few, c)
            .rho(SyntheticLayer.linear(few.moments(), RegressionTarget.PRE), RegressionTarget.PRE);
    allOne(rho.fitted());
    assertThat(rho.diagnostics()).containsEntry("dropped-inputs", 6.0);
    Rho other =
        new ClosedForm(0)
            .of(synthetic.layer(), few, c)
            .rho(SyntheticLayer.linear(a.moments(), RegressionTarget.PRE), RegressionTarget.PRE);
    // A pattern of other data leaks: 25 samples do not span it.
    assertThat(other.diagnostics()).containsEntry("leaking", 50.0);
    for (double value : other.fitted()) {
      assertThat(value).isCloseTo(0, within(1e-6));
    }
  }

  /** Whoever gives up the moments gets the same numbers. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-6})
  void expendableMomentsGiveTheSame(double ridge) {
    Patterns patterns = SyntheticLayer.twoComponent(a.moments(), RegressionTarget.PRE);
    for (RegressionTarget target : RegressionTarget.values()) {
      Rho expected = new ClosedForm(ridge).of(synthetic.layer(), b, c).rho(patterns, target);
      LayerData onB = new Expendable(synthetic.samples(1500, 3).moments());
      LayerData onC = new Expendable(synthetic.samples(1000, 4).moments());
      try (var measure = new ClosedForm(ridge).of(synthetic.layer(), onB, onC)) {
        Rho rho = measure.rho(patterns, target);
        assertThat(rho.evaluated()).containsExactly(expected.evaluated(), within(1e-9));
        assertThat(rho.fitted()).containsExactly(expected.fitted(), within(1e-9));
      }
      assertThatThrownBy(() -> onC.moments().sigma()).hasMessageContaining("taken");
    }
  }

  private record Expendable(LayerMoments moments) implements LayerData {
    @Override
    public boolean expendable() {
      return true;
    }

    @Override
    public MiniBatches minibatches(int size, long seed) {
      throw new AssertionError("The closed form draws no samples.");
    }
  }

  private static void allOne(double[] rho) {
    for (double value : rho) {
      assertThat(value).isCloseTo(1, within(1e-6));
    }
  }

  private LayerSamples constantInput(double constant, long seed) {
    INDArray samples = synthetic.draw(1000, seed);
    samples.getColumn(4).assign(constant);
    return new LayerSamples(synthetic.layer(), samples);
  }

  @Test
  void aRidgeMustNotBeNegative() {
    assertThatThrownBy(() -> new ClosedForm(-1)).hasMessageContaining("-1.0");
  }
}
