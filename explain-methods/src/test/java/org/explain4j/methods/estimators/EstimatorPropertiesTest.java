package org.explain4j.methods.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.explain4j.api.Patterns;
import org.explain4j.api.Patterns.State;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.SignalEstimator;
import org.explain4j.network.Dense;
import org.explain4j.network.moments.LayerMoments;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What patterns keep on random small layers, however awkward their samples. */
class EstimatorPropertiesTest {
  private static final String SEED = "2026";
  private static final int NEURONS = 4;

  /** What is odd about a layer's samples. */
  enum Oddity {
    CONSTANT_INPUT,
    DUPLICATED_INPUTS,
    /** Neuron 0 never fires, neuron 1 always does. */
    EMPTY_REGIMES,
    ONE_SAMPLE
  }

  /** A layer, and samples {@code [n][d]}. */
  private record Case(double[][] w, double[] bias, double[][] x, Set<Oddity> oddities) {
    static Case of(long seed, int d, Set<Oddity> oddities) {
      SplittableRandom random = new SplittableRandom(seed);
      double[][] w = normal(random, NEURONS, d);
      double[] bias = random.doubles(NEURONS, -.5, .5).toArray();
      double[][] x = normal(random, oddities.contains(Oddity.ONE_SAMPLE) ? 1 : 60, d);
      for (double[] sample : x) {
        sample[0] += .5 * sample[1];
        if (oddities.contains(Oddity.CONSTANT_INPUT)) {
          sample[1] = .7;
        }
        if (oddities.contains(Oddity.DUPLICATED_INPUTS)) {
          sample[d - 1] = sample[0];
        }
      }
      if (oddities.contains(Oddity.EMPTY_REGIMES)) {
        bias[0] = -100;
        bias[1] = 100;
      }
      return new Case(w, bias, x, oddities);
    }

    private static double[][] normal(SplittableRandom random, int rows, int columns) {
      return IntStream.range(0, rows)
          .mapToObj(r -> IntStream.range(0, columns).mapToDouble(i -> random.nextGaussian() + .2))
          .map(row -> row.toArray())
          .toArray(double[][]::new);
    }

    Case with(double[][] weights, double[] biases, double[][] samples) {
      return new Case(weights, biases, samples, oddities);
    }

    Dense layer() {
      return new Dense(Nd4j.createFromArray(w), Nd4j.createFromArray(bias));
    }

    Patterns patterns(SignalEstimator estimator) {
      LayerMoments moments = LayerMoments.of(layer(), false);
      moments.addSamples(Nd4j.createFromArray(x));
      return estimator.estimate("layer", layer(), false, moments);
    }

    @Override
    public String toString() {
      return "%s %s".formatted(oddities, Arrays.deepToString(w));
    }
  }

  /** Layers of all sizes with none, one or several oddities. */
  @Provide
  Arbitrary<Case> layers() {
    return Combinators.combine(
            Arbitraries.longs(),
            Arbitraries.integers().between(2, 9),
            Arbitraries.of(Oddity.class).set())
        .as(Case::of);
  }

  @Provide
  Arbitrary<SignalEstimator> estimators() {
    return Arbitraries.of(EstimatorsTest.withPatterns().toList());
  }

  /** Random directions are drawn place by place. */
  @Provide
  Arbitrary<SignalEstimator> withoutOrder() {
    return estimators().filter(estimator -> !(estimator instanceof RandomDirection));
  }

  private static void same(INDArray actual, double[][] expected) {
    double[][] rows = actual.toDoubleMatrix();
    for (int j = 0; j < NEURONS; j++) {
      double size = Arrays.stream(expected[j]).map(Math::abs).max().orElseThrow();
      assertThat(rows[j]).containsExactly(expected[j], within(1e-8 * Math.max(1, size)));
    }
  }

  /** w and b times s: y is in another unit, and w'a is still 1. */
  @Property(seed = SEED)
  void theUnitOfTheOutputScalesThePattern(
      @ForAll("layers") Case made,
      @ForAll("estimators") SignalEstimator estimator,
      @ForAll @IntRange(min = -9, max = 9) int power) {
    double s = Math.pow(2, power);
    double[][] w = Arrays.stream(made.w).map(row -> times(s, row)).toArray(double[][]::new);
    Patterns scaled = made.with(w, times(s, made.bias), made.x).patterns(estimator);
    Patterns plain = made.patterns(estimator);
    same(scaled.positive().mul(s), plain.positive().toDoubleMatrix());
    same(scaled.negative().mul(s), plain.negative().toDoubleMatrix());
    assertThat(scaled.positiveStates()).isEqualTo(plain.positiveStates());
    assertThat(scaled.negativeStates()).isEqualTo(plain.negativeStates());
  }

  private static double[] times(double factor, double[] values) {
    return Arrays.stream(values).map(v -> factor * v).toArray();
  }

  @Property(seed = SEED)
  void theOrderOfNeuronsAndInputsDoesNotMatter(
      @ForAll("layers") Case made, @ForAll("withoutOrder") SignalEstimator estimator) {
    int[] neurons = {2, 0, 3, 1};
    int d = made.w[0].length;
    int[] inputs = IntStream.range(0, d).map(i -> (i + 2) % d).toArray();
    int[] samples = IntStream.range(0, made.x.length).toArray();
    double[] bias = Arrays.stream(neurons).mapToDouble(j -> made.bias[j]).toArray();
    Case other = made.with(picked(made.w, neurons, inputs), bias, picked(made.x, samples, inputs));
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
  @Property(seed = SEED)
  void aShiftOfTheInputsDoesNotMatterToTheLinearEstimator(
      @ForAll("layers") Case made, @ForAll RegressionTarget fitOn) {
    Assume.that(!made.oddities.contains(Oddity.ONE_SAMPLE)); // it is all mean, and that moves
    SignalEstimator estimator = new Linear(fitOn);
    int d = made.w[0].length;
    double[] shift = IntStream.range(0, d).mapToDouble(i -> 1.5 * i - 2).toArray();
    double[][] x =
        Arrays.stream(made.x)
            .map(s -> IntStream.range(0, d).mapToDouble(i -> s[i] + shift[i]).toArray())
            .toArray(double[][]::new);
    double[] bias = made.bias.clone();
    for (int j = 0; j < NEURONS; j++) {
      for (int i = 0; i < d; i++) {
        bias[j] -= made.w[j][i] * shift[i];
      }
    }
    Patterns moved = made.with(made.w, bias, x).patterns(estimator);
    same(moved.positive(), made.patterns(estimator).positive().toDoubleMatrix());
  }

  /** Sample by sample; where the definition divides by nothing the pattern is 0, and says so. */
  @Property(seed = SEED)
  void patternsEqualASlowTwinOnAwkwardSamples(
      @ForAll("layers") Case made, @ForAll("estimators") SignalEstimator estimator) {
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
          boolean constant =
              made.oddities.contains(Oddity.ONE_SAMPLE) || (post && !occurs(made, j, true));
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
                    + IntStream.range(0, s.length).mapToDouble(i -> made.w[j][i] * s[i]).sum())
        .anyMatch(y -> y > 0 == positive);
  }
}
