package org.explain4j.metrics.rho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.explain4j.api.Patterns;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.Rho;
import org.explain4j.network.Dense;
import org.explain4j.network.moments.LayerSamples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Neurons of which a regime has no pattern, or whose pattern leaves the output in the residual. */
class MissingPatternsTest {
  private static final double RIDGE = 1e-6;
  private final SyntheticLayer synthetic = SyntheticLayer.of(50, 30, 1);
  private final LayerSamples a = synthetic.samples(4000, 2);
  private final LayerSamples b = synthetic.samples(1500, 3);
  private final LayerSamples c = synthetic.samples(1000, 4);
  private final NaiveRho naive =
      NaiveRho.of(synthetic.layer(), synthetic.draw(1500, 3), synthetic.draw(1000, 4));

  /** S_a+- with one regime of neuron 3 in another state than fitted. */
  private Patterns without(Patterns.State state, boolean positive) {
    Patterns fitted = SyntheticLayer.twoComponent(a.moments(), RegressionTarget.POST);
    List<Patterns.State> states = new ArrayList<>(Collections.nCopies(50, Patterns.State.FITTED));
    states.set(3, state);
    (positive ? fitted.positive() : fitted.negative()).getRow(3).assign(0);
    return positive
        ? new Patterns(fitted.positive(), fitted.negative(), states, fitted.negativeStates())
        : new Patterns(fitted.positive(), fitted.negative(), fitted.positiveStates(), states);
  }

  /** As with five images for split A: no image made the neuron fire there, on B many do. */
  @ParameterizedTest
  @CsvSource({
    "UNOCCUPIED, true, PRE",
    "UNOCCUPIED, true, POST",
    "UNOCCUPIED, false, PRE",
    "VANISHING, true, POST",
    "VANISHING, false, POST"
  })
  void aRegimeWithoutPatternThatOccursOnBIsMeasuredExactlyAndNotIncluded(
      Patterns.State state, boolean positive, RegressionTarget target) {
    Patterns patterns = without(state, positive);
    double ridge = RIDGE * Nd4j.diag(b.moments().sigma()).meanNumber().doubleValue();
    Rho rho = new ClosedForm(RIDGE).of(synthetic.layer(), b, c).rho(patterns, target);
    double[] expected = naive.ridge(ridge, patterns, target, 3);
    assertThat(rho.fitted()[3]).isCloseTo(expected[0], within(1e-6));
    assertThat(rho.evaluated()[3]).isCloseTo(expected[1], within(1e-6));
    double[] exact = naive.pseudoInverse(patterns, target, 3);
    Rho withoutRidge = new ClosedForm(0).of(synthetic.layer(), b, c).rho(patterns, target);
    assertThat(withoutRidge.fitted()[3]).isCloseTo(exact[0], within(1e-6));
    for (Rho each : List.of(rho, withoutRidge)) {
      assertThat(each.included()[3]).isFalse();
      assertThat(each.included()[4]).isTrue();
      assertThat(each.diagnostics())
          .containsEntry("without-pattern", 1.0)
          .containsEntry("leaking", 1.0)
          .containsEntry("undefined", 0.0);
    }
  }

  @Test
  void aRegimeWithoutPatternThatOccursOnCOnlyLeavesTheNeuronOut() {
    INDArray drawn = synthetic.draw(3000, 21);
    double[] outputs = synthetic.layer().forward(drawn).getColumn(3).toDoubleVector();
    int[] silent = IntStream.range(0, 3000).filter(i -> outputs[i] <= 0).toArray();
    assertThat(silent.length).isBetween(100, 2900);
    INDArray onB = Nd4j.pullRows(drawn, 1, silent, 'c');
    LayerSamples fit = new LayerSamples(synthetic.layer(), onB);
    Patterns patterns = without(Patterns.State.UNOCCUPIED, true);
    for (double ridge : new double[] {0, RIDGE}) {
      Rho rho =
          new ClosedForm(ridge).of(synthetic.layer(), fit, c).rho(patterns, RegressionTarget.PRE);
      assertThat(rho.included()[3]).isFalse();
      if (ridge > 0) { // without one v is one of many, as B says nothing of w'd^
        double absolute = ridge * Nd4j.diag(fit.moments().sigma()).meanNumber().doubleValue();
        double[] expected =
            NaiveRho.of(synthetic.layer(), onB, synthetic.draw(1000, 4))
                .ridge(absolute, patterns, RegressionTarget.PRE, 3);
        assertThat(rho.evaluated()[3]).isCloseTo(expected[1], within(1e-6));
      }
      Rho elsewhere =
          new ClosedForm(ridge).of(synthetic.layer(), fit, fit).rho(patterns, RegressionTarget.PRE);
      assertThat(elsewhere.included()[3]).isTrue(); // neither B nor C has the regime
    }
  }

  @Test
  void aRegimeThatNeverOccursMayLackAPattern() {
    Dense layer =
        new Dense(synthetic.layer().weights(), synthetic.layer().bias().dup().putScalar(3, 1e4));
    LayerSamples fit = new LayerSamples(layer, synthetic.draw(1000, 8));
    LayerSamples evaluate = new LayerSamples(layer, synthetic.draw(1000, 9));
    Patterns patterns = without(Patterns.State.VANISHING, false);
    for (double ridge : new double[] {0, RIDGE}) {
      Rho rho = new ClosedForm(ridge).of(layer, fit, evaluate).rho(patterns, RegressionTarget.PRE);
      assertThat(rho.included()[3]).isTrue();
      assertThat(rho.diagnostics())
          .containsEntry("without-pattern", 0.0)
          .containsEntry("leaking", 0.0);
    }
  }

  /** Whether dead inputs carry the output into the residual is a matter of patterns and data. */
  @Test
  void leaksAreCountedAlikeWithAndWithoutARidge() {
    LayerSamples fit = deadInput(10);
    Patterns filter = SyntheticLayer.direction(a.moments(), synthetic.layer().weights());
    for (double ridge : new double[] {0, 1e-9, RIDGE, 1e-3}) {
      Rho rho =
          new ClosedForm(ridge).of(synthetic.layer(), fit, fit).rho(filter, RegressionTarget.PRE);
      assertThat(rho.diagnostics()).containsEntry("leaking", 50.0);
      Rho none =
          new ClosedForm(ridge)
              .of(synthetic.layer(), fit, fit)
              .rho(
                  SyntheticLayer.linear(fit.moments(), RegressionTarget.PRE), RegressionTarget.PRE);
      assertThat(none.diagnostics()).containsEntry("leaking", 0.0);
    }
  }

  private LayerSamples deadInput(long seed) {
    INDArray samples = synthetic.draw(1000, seed);
    samples.getColumn(4).assign(0);
    return new LayerSamples(synthetic.layer(), samples);
  }
}
