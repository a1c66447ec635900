package org.explain4j.methods.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.explain4j.api.Patterns;
import org.explain4j.api.Patterns.State;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.SignalEstimator;
import org.explain4j.network.Dense;
import org.explain4j.network.moments.LayerMoments;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What patterns keep on random small layers, however awkward their samples. */
class EstimatorPropertiesTest {
  private static final int NEURONS = 4;
  private static final int INPUTS = 5;

  /** What is odd about a layer's samples. */
  enum Oddity {
    NONE,
    CONSTANT_INPUT,
    DUPLICATED_INPUTS,
    /** Neuron 0 never fires, neuron 1 always does. */
    EMPTY_REGIMES,
    ONE_SAMPLE
  }

  /** A layer, and samples {@code [n][d]}. */
  private record Case(double[][] w, double[] bias, double[][] x) {
    static Case of(long seed, Oddity oddity) {
      SplittableRandom random = new SplittableRandom(seed);
      double[][] w = normal(random, NEURONS);
      double[] bias = random.doubles(NEURONS, -.5, .5).toArray();
      double[][] x = normal(random, oddity == Oddity.ONE_SAMPLE ? 1 : 60);
      for (double[] sample : x) {
        sample[0] += .5 * sample[3];
        sample[1] = oddity == Oddity.CONSTANT_INPUT ? .7 : sample[1];
        sample[4] = oddity == Oddity.DUPLICATED_INPUTS ? sample[2] : sample[4];
      }
      if (oddity == Oddity.EMPTY_REGIMES) {
        bias[0] = -100;
        bias[1] = 100;
      }
      return new Case(w, bias, x);
    }

    private static double[][] normal(SplittableRandom random, int rows) {
      return IntStream.range(0, rows)
          .mapToObj(r -> IntStream.range(0, INPUTS).mapToDouble(i -> random.nextGaussian() + .2))
          .map(row -> row.toArray())
          .toArray(double[][]::new);
    }

    Dense layer() {
      return new Dense(Nd4j.createFromArray(w), Nd4j.createFromArray(bias));
    }

    Patterns patterns(SignalEstimator estimator) {
      LayerMoments moments = LayerMoments.of(layer(), false);
      moments.addSamples(Nd4j.createFromArray(x));
      return estimator.estimate("layer", layer(), false, moments);
    }
  }

  /** Every estimator with patterns on layers of every kind. */
  static Stream<Arguments> cases() {
    SplittableRandom seeds = new SplittableRandom(2026);
    return Stream.of(Oddity.values())
        .flatMap(
            oddity ->
                EstimatorsTest.withPatterns()
                    .flatMap(
                        estimator ->
                            Stream.generate(() -> Case.of(seeds.nextLong(), oddity))
                                .limit(5)
                                .map(made -> Arguments.of(made, estimator, oddity))));
  }

  private static void same(INDArray actual, double[][] expected) {
    double[][] rows = actual.toDoubleMatrix();
    for (int j = 0; j < NEURONS; j++) {
      double size = Arrays.stream(expected[j]).map(Math::abs).max().orElseThrow();
      assertThat(rows[j]).containsExactly(expected[j], within(1e-8 * Math.max(1, size)));
    }
  }

  /** w and b times s: y is in another unit, and w'a is still 1. */
  @ParameterizedTest(name = "{index} {1} {2}")
  @MethodSource("cases")
  void theUnitOfTheOutputScalesThePattern(Case made, SignalEstimator estimator, Oddity oddity) {
    double s = 64;
    double[][] w = Arrays.stream(made.w).map(row -> times(s, row)).toArray(double[][]::new);
    Patterns scaled = new Case(w, times(s, made.bias), made.x).patterns(estimator);
    Patterns plain = made.patterns(estimator);
    same(scaled.positive().mul(s), plain.positive().toDoubleMatrix());
    same(scaled.negative().mul(s), plain.negative().toDoubleMatrix());
    assertThat(scaled.positiveStates()).isEqualTo(plain.positiveStates());
    assertThat(scaled.negativeStates()).isEqualTo(plain.negativeStates());
  }

  private static double[] times(double factor, double[] values) {
    return Arrays.stream(values).map(v -> factor * v).toArray();
  }

  /** But random directions are drawn place by place. */
  @ParameterizedTest(name = "{index} {1} {2}")
  @MethodSource("cases")
  void theOrderOfNeuronsAndInputsDoesNotMatter(
      Case made, SignalEstimator estimator, Oddity oddity) {
    if (estimator instanceof RandomDirection) {
      return;
    }
    int[] neurons = {2, 0, 3, 1};
    int[] inputs = {4, 2, 0, 1, 3};
    int[] samples = IntStream.range(0, made.x.length).toArray();
    double[] bias = Arrays.stream(neurons).mapToDouble(j -> made.bias[j]).toArray();
    Case other = new Case(picked(made.w, neurons, inputs), bias, picked(made.x, samples, inputs));
    Patterns plain = made.patterns(estimator);
    Patterns moved = other.patterns(estimator);
    same(moved.positive(), picked(plain.positive().toDoubleMatrix(), neurons, inputs));
    same(moved.negative(), picked(plain.negative().toDoubleMatrix(), neurons, inputs));
    for (int j = 0; j < NEURONS; j++) {
      assertThat(moved.positiveStates().get(j)).isEqualTo(plain.positiveStates().get(neurons[j]));
      assertThat(moved.negativeStates().get(j)).isEqualTo(plain.negativeStates().get(neurons[j]));
    }
  }

  private static double[][] picked(double[][] matrix, int[] rows, int[] columns) {
    return Arrays.stream(rows)
        .mapToObj(r -> Arrays.stream(columns).mapToDouble(c -> matrix[r][c]).toArray())
        .toArray(double[][]::new);
  }

  /** x + m with the bias less w'm: y is the same, and so is its regression. */
  @ParameterizedTest(name = "{index} {1} {2}")
  @MethodSource("cases")
  void aShiftOfTheInputsDoesNotMatterToTheLinearEstimator(
      Case made, SignalEstimator estimator, Oddity oddity) {
    if (!(estimator instanceof Linear) || oddity == Oddity.ONE_SAMPLE) {
      return;
    }
    double[] shift = {1, -2, .5, 3, -1};
    double[][] x =
        Arrays.stream(made.x)
            .map(s -> IntStream.range(0, INPUTS).mapToDouble(i -> s[i] + shift[i]).toArray())
            .toArray(double[][]::new);
    double[] bias = made.bias.clone();
    for (int j = 0; j < NEURONS; j++) {
      for (int i = 0; i < INPUTS; i++) {
        bias[j] -= made.w[j][i] * shift[i];
      }
    }
    Patterns moved = new Case(made.w, bias, x).patterns(estimator);
    same(moved.positive(), made.patterns(estimator).positive().toDoubleMatrix());
  }

  /** Sample by sample; where the definition divides by nothing the pattern is 0, and says so. */
  @ParameterizedTest(name = "{index} {1} {2}")
  @MethodSource("cases")
  void patternsEqualASlowTwinOnAwkwardSamples(Case made, SignalEstimator estimator, Oddity oddity) {
    if (estimator instanceof Filter || estimator instanceof RandomDirection) {
      assertThat(made.patterns(estimator).positiveStates()).containsOnly(State.FITTED);
      return;
    }
    Patterns patterns = made.patterns(estimator);
    for (int j = 0; j < NEURONS; j++) {
      SlowTwin twin =
          new SlowTwin(made.layer(), Nd4j.createFromArray(made.x), j, estimator.fitOn());
      boolean two = estimator instanceof TwoComponent;
      for (boolean positive : new boolean[] {true, false}) {
        double[] expected = two ? twin.regime(positive) : twin.linear();
        INDArray pattern = positive ? patterns.positive() : patterns.negative();
        List<State> states = positive ? patterns.positiveStates() : patterns.negativeStates();
        boolean occurs = !two || occurs(made, j, positive);
        if (states.get(j) == State.FITTED) {
          double size = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
          assertThat(pattern.getRow(j).toDoubleVector())
              .containsExactly(expected, within(1e-8 * Math.max(1, size)));
        } else {
          assertThat(pattern.getRow(j).norm2Number().doubleValue()).isZero();
          boolean post = estimator.fitOn() == RegressionTarget.POST;
          boolean constant = oddity == Oddity.ONE_SAMPLE || (post && !occurs(made, j, true));
          assertThat(states.get(j)).isEqualTo(occurs ? State.VANISHING : State.UNOCCUPIED);
          assertThat(!occurs || constant).as("nothing to divide by").isTrue();
        }
      }
    }
  }

  private static boolean occurs(Case made, int j, boolean positive) {
    return Arrays.stream(made.x)
        .mapToDouble(
            s ->
                made.bias[j]
                    + IntStream.range(0, INPUTS).mapToDouble(i -> made.w[j][i] * s[i]).sum())
        .anyMatch(y -> y > 0 == positive);
  }
}
