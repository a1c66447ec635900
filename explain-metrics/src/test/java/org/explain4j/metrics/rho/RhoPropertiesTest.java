package org.explain4j.metrics.rho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.explain4j.api.Patterns;
import org.explain4j.api.Patterns.State;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.Rho;
import org.explain4j.network.Dense;
import org.explain4j.network.moments.LayerSamples;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What rho keeps on random small layers, however awkward; least squares on explicit residuals. */
class RhoPropertiesTest {
  private static final int NEURONS = 4;

  /** What is odd about a layer's data. */
  enum Oddity {
    NONE,
    CONSTANT_INPUT,
    DUPLICATED_INPUTS,
    /** A neuron that fires on B and C and has no a+, as it never did on A. */
    EMPTY_ON_A,
    DEAD_NEURON
  }

  /** Weights, bias, samples of B and C, and patterns of other data. */
  private record Case(INDArray weights, INDArray bias, INDArray b, INDArray c, Patterns patterns) {

    static Case of(long seed, int d, Oddity oddity) {
      SplittableRandom random = new SplittableRandom(seed);
      INDArray weights = SyntheticLayer.gaussian(random, NEURONS, d);
      INDArray bias = SyntheticLayer.gaussian(random, 1, NEURONS).reshape(NEURONS).muli(0.3);
      INDArray mixing = SyntheticLayer.gaussian(random, d, d);
      INDArray b = SyntheticLayer.gaussian(random, 40 + 4 * d, d).mmul(mixing).addi(0.2);
      INDArray c = SyntheticLayer.gaussian(random, 50, d).mmul(mixing).addi(0.2);
      for (INDArray samples : List.of(b, c)) {
        if (oddity == Oddity.CONSTANT_INPUT) {
          samples.getColumn(1).assign(0.7);
        } else if (oddity == Oddity.DUPLICATED_INPUTS) {
          samples.getColumn(0).assign(samples.getColumn(2));
        }
      }
      if (oddity == Oddity.DEAD_NEURON) {
        bias.putScalar(0, -1e4);
      }
      return new Case(weights, bias, b, c, patterns(random, weights, oddity));
    }

    private static Patterns patterns(SplittableRandom random, INDArray weights, Oddity oddity) {
      int d = (int) weights.size(1);
      INDArray plus = normalised(SyntheticLayer.gaussian(random, NEURONS, d), weights);
      INDArray minus = normalised(SyntheticLayer.gaussian(random, NEURONS, d), weights);
      List<State> states = new ArrayList<>(Collections.nCopies(NEURONS, State.FITTED));
      if (oddity == Oddity.EMPTY_ON_A || oddity == Oddity.DEAD_NEURON) {
        plus.getRow(0).assign(0);
        states.set(0, State.UNOCCUPIED);
      }
      return new Patterns(plus, minus, states, Collections.nCopies(NEURONS, State.FITTED));
    }

    /** Away from directions across w, whose pattern would be huge. */
    private static INDArray normalised(INDArray directions, INDArray weights) {
      INDArray aligned = directions.add(weights);
      return aligned.divColumnVector(aligned.mul(weights).sum(1));
    }

    Dense layer() {
      return new Dense(weights, bias);
    }

    Rho rho(double ridge, RegressionTarget target) {
      return new ClosedForm(ridge)
          .of(layer(), new LayerSamples(layer(), b), new LayerSamples(layer(), c))
          .rho(patterns, target);
    }
  }

  /** Layers of every kind, for both targets, of four sizes each. */
  static Stream<Arguments> layers() {
    SplittableRandom random = new SplittableRandom(2026);
    return Stream.of(Oddity.values())
        .flatMap(
            oddity ->
                Stream.of(RegressionTarget.values())
                    .flatMap(
                        target ->
                            IntStream.of(3, 4, 6, 9)
                                .mapToObj(
                                    d ->
                                        Arguments.of(
                                            Case.of(random.nextLong(), d, oddity),
                                            oddity,
                                            target))));
  }

  @ParameterizedTest(name = "{index} {1} {2}")
  @MethodSource("layers")
  void equalsLeastSquaresOnExplicitResiduals(Case made, Oddity oddity, RegressionTarget target) {
    NaiveRho naive = NaiveRho.of(made.layer(), made.b, made.c);
    double ridge =
        1e-6
            * Nd4j.diag(new LayerSamples(made.layer(), made.b).moments().sigma())
                .meanNumber()
                .doubleValue();
    Rho rho = made.rho(1e-6, target);
    for (int j = 0; j < NEURONS; j++) {
      boolean dead = oddity == Oddity.DEAD_NEURON && j == 0;
      if (dead && target == RegressionTarget.POST) {
        assertThat(rho.evaluated()[j]).isNaN();
        assertThat(rho.included()[j]).isFalse();
        continue;
      }
      double[] expected = naive.ridge(ridge, made.patterns, target, j);
      assertThat(rho.fitted()[j]).isCloseTo(expected[0], within(1e-5));
      assertThat(rho.evaluated()[j]).isCloseTo(expected[1], within(1e-5));
      boolean without = oddity == Oddity.EMPTY_ON_A && j == 0 && fires(made);
      assertThat(rho.included()[j]).isEqualTo(!without);
    }
  }

  private static boolean fires(Case made) {
    return List.of(made.b, made.c).stream()
        .anyMatch(x -> made.layer().forward(x).getColumn(0).maxNumber().doubleValue() > 0);
  }

  /** w and b times s, patterns over s: the same signals, another unit of y. */
  @ParameterizedTest(name = "{index} {1} {2}")
  @MethodSource("layers")
  void theUnitOfTheOutputDoesNotMatter(Case made, Oddity oddity, RegressionTarget target) {
    double scale = 1e3;
    Patterns scaled =
        new Patterns(
            made.patterns.positive().div(scale),
            made.patterns.negative().div(scale),
            made.patterns.positiveStates(),
            made.patterns.negativeStates());
    Case other = new Case(made.weights.mul(scale), made.bias.mul(scale), made.b, made.c, scaled);
    same(other.rho(1e-6, target), made.rho(1e-6, target), 0, 1, 2, 3);
  }

  @ParameterizedTest(name = "{index} {1} {2}")
  @MethodSource("layers")
  void theOrderOfNeuronsAndInputsDoesNotMatter(Case made, Oddity oddity, RegressionTarget target) {
    int[] neurons = {2, 0, 3, 1};
    int d = (int) made.weights.size(1);
    int[] inputs = IntStream.range(0, d).map(i -> (2 * i + 1) % (d % 2 == 0 ? d + 1 : d)).toArray();
    Patterns p = made.patterns;
    Patterns moved =
        new Patterns(
            picked(p.positive(), neurons, inputs),
            picked(p.negative(), neurons, inputs),
            IntStream.of(neurons).mapToObj(p.positiveStates()::get).toList(),
            IntStream.of(neurons).mapToObj(p.negativeStates()::get).toList());
    Case other =
        new Case(
            picked(made.weights, neurons, inputs),
            Nd4j.createFromArray(IntStream.of(neurons).mapToDouble(made.bias::getDouble).toArray()),
            picked(made.b, IntStream.range(0, (int) made.b.size(0)).toArray(), inputs),
            picked(made.c, IntStream.range(0, (int) made.c.size(0)).toArray(), inputs),
            moved);
    same(other.rho(1e-6, target), made.rho(1e-6, target), neurons);
  }

  private static INDArray picked(INDArray matrix, int[] rows, int[] columns) {
    double[][] all = matrix.toDoubleMatrix();
    return Nd4j.createFromArray(
        IntStream.of(rows)
            .mapToObj(r -> IntStream.of(columns).mapToDouble(c -> all[r][c]).toArray())
            .toArray(double[][]::new));
  }

  /**
   * x + m with the bias less w'm: y is the same, of a linear estimator's residual the variation.
   */
  @ParameterizedTest(name = "{index} {1} {2}")
  @MethodSource("layers")
  void aShiftOfTheInputsDoesNotMatterToLinearEstimators(
      Case made, Oddity oddity, RegressionTarget target) {
    int d = (int) made.weights.size(1);
    Patterns linear = Patterns.linear(made.patterns.positive());
    INDArray shift = SyntheticLayer.gaussian(new SplittableRandom(5), 1, d);
    Case plain = new Case(made.weights, made.bias, made.b, made.c, linear);
    Case moved =
        new Case(
            made.weights,
            made.bias.sub(made.weights.mmul(shift.transpose()).reshape(NEURONS)),
            made.b.addRowVector(shift),
            made.c.addRowVector(shift),
            linear);
    same(moved.rho(1e-6, target), plain.rho(1e-6, target), 0, 1, 2, 3);
  }

  private static void same(Rho actual, Rho expected, int... neurons) {
    for (int j = 0; j < NEURONS; j++) {
      double known = expected.evaluated()[neurons[j]];
      if (Double.isNaN(known)) {
        assertThat(actual.evaluated()[j]).isNaN();
      } else {
        assertThat(actual.evaluated()[j]).isCloseTo(known, within(1e-6));
      }
      assertThat(actual.included()[j]).isEqualTo(expected.included()[neurons[j]]);
    }
  }

  /** One sample varies in nothing: refused on B, without a number on C. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void oneSampleHasNoCorrelation(long seed) {
    Case made = Case.of(seed, 5, Oddity.NONE);
    INDArray one = made.c.getRow(0).reshape(1, 5).dup();
    Rho rho =
        new Case(made.weights, made.bias, made.b, one, made.patterns).rho(0, RegressionTarget.PRE);
    for (int j = 0; j < NEURONS; j++) {
      assertThat(rho.evaluated()[j]).isNaN();
      assertThat(rho.included()[j]).isFalse();
    }
    Case onB = new Case(made.weights, made.bias, one, made.c, made.patterns);
    assertThatThrownBy(() -> onB.rho(1e-6, RegressionTarget.PRE)).hasMessageContaining("constant");
  }
}
