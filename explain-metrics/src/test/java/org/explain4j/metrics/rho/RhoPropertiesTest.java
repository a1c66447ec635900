package org.explain4j.metrics.rho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.explain4j.api.Patterns;
import org.explain4j.api.Patterns.State;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.Rho;
import org.explain4j.network.Dense;
import org.explain4j.network.moments.LayerSamples;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What rho keeps on random small layers, however awkward; least squares on explicit residuals. */
class RhoPropertiesTest {
  private static final String SEED = "2026";
  private static final int NEURONS = 4;
  private static final int WITHOUT_PATTERN = 0;
  private static final int DEAD = 1;

  /** What is odd about a layer's data. */
  enum Oddity {
    CONSTANT_INPUT,
    DUPLICATED_INPUTS,
    /** A neuron that fires on B and C and has no a+, as it never did on A. */
    EMPTY_ON_A,
    DEAD_NEURON
  }

  /** Weights, bias, samples of B and C, and patterns of other data. */
  private record Case(
      INDArray weights,
      INDArray bias,
      INDArray b,
      INDArray c,
      Patterns patterns,
      Set<Oddity> oddities) {

    static Case of(long seed, int d, Set<Oddity> oddities) {
      SplittableRandom random = new SplittableRandom(seed);
      INDArray weights = SyntheticLayer.gaussian(random, NEURONS, d);
      INDArray bias = SyntheticLayer.gaussian(random, 1, NEURONS).reshape(NEURONS).muli(0.3);
      INDArray mixing = SyntheticLayer.gaussian(random, d, d);
      INDArray b = SyntheticLayer.gaussian(random, 40 + 4 * d, d).mmul(mixing).addi(0.2);
      INDArray c = SyntheticLayer.gaussian(random, 50, d).mmul(mixing).addi(0.2);
      for (INDArray samples : List.of(b, c)) {
        if (oddities.contains(Oddity.CONSTANT_INPUT)) {
          samples.getColumn(1).assign(0.7);
        }
        if (oddities.contains(Oddity.DUPLICATED_INPUTS)) {
          samples.getColumn(0).assign(samples.getColumn(2));
        }
      }
      if (oddities.contains(Oddity.DEAD_NEURON)) {
        bias.putScalar(DEAD, -1e4);
      }
      return new Case(weights, bias, b, c, patterns(random, weights, oddities), oddities);
    }

    private static Patterns patterns(
        SplittableRandom random, INDArray weights, Set<Oddity> oddities) {
      int d = (int) weights.size(1);
      INDArray plus = normalised(SyntheticLayer.gaussian(random, NEURONS, d), weights);
      INDArray minus = normalised(SyntheticLayer.gaussian(random, NEURONS, d), weights);
      List<State> states = new ArrayList<>(Collections.nCopies(NEURONS, State.FITTED));
      if (oddities.contains(Oddity.EMPTY_ON_A)) {
        unoccupied(plus, states, WITHOUT_PATTERN);
      }
      if (oddities.contains(Oddity.DEAD_NEURON)) {
        unoccupied(plus, states, DEAD);
      }
      return new Patterns(plus, minus, states, Collections.nCopies(NEURONS, State.FITTED));
    }

    private static void unoccupied(INDArray plus, List<State> states, int neuron) {
      plus.getRow(neuron).assign(0);
      states.set(neuron, State.UNOCCUPIED);
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

    Case with(INDArray otherB, INDArray otherC) {
      return new Case(weights, bias, otherB, otherC, patterns, oddities);
    }

    @Override
    public String toString() {
      return "%s%n%s".formatted(oddities, weights);
    }
  }

  /** Layers of all sizes with none, one or several oddities. */
  @Provide
  Arbitrary<Case> layers() {
    return Combinators.combine(
            Arbitraries.longs(),
            Arbitraries.integers().between(3, 9),
            Arbitraries.of(Oddity.class).set())
        .as(Case::of);
  }

  @Property(seed = SEED)
  void equalsLeastSquaresOnExplicitResiduals(
      @ForAll("layers") Case made, @ForAll RegressionTarget target) {
    NaiveRho naive = NaiveRho.of(made.layer(), made.b, made.c);
    double ridge =
        1e-6
            * Nd4j.diag(new LayerSamples(made.layer(), made.b).moments().sigma())
                .meanNumber()
                .doubleValue();
    Rho rho = made.rho(1e-6, target);
    for (int j = 0; j < NEURONS; j++) {
      double[] expected = naive.ridge(ridge, made.patterns, target, j);
      boolean defined = !Double.isNaN(expected[0]) && !Double.isNaN(expected[1]);
      if (defined) {
        assertThat(rho.fitted()[j]).isCloseTo(expected[0], within(1e-5));
        assertThat(rho.evaluated()[j]).isCloseTo(expected[1], within(1e-5));
      } else { // the neuron never fires, or what is left of its inputs is constant
        assertThat(rho.evaluated()[j]).isNaN();
      }
      boolean without =
          made.oddities.contains(Oddity.EMPTY_ON_A) && j == WITHOUT_PATTERN && fires(made);
      assertThat(rho.included()[j]).isEqualTo(defined && !without);
    }
  }

  private static boolean fires(Case made) {
    return List.of(made.b, made.c).stream()
        .anyMatch(
            x -> made.layer().forward(x).getColumn(WITHOUT_PATTERN).maxNumber().doubleValue() > 0);
  }

  /** w and b times s, patterns over s: the same signals, another unit of y. */
  @Property(seed = SEED)
  void theUnitOfTheOutputDoesNotMatter(
      @ForAll("layers") Case made,
      @ForAll RegressionTarget target,
      @ForAll @IntRange(min = -9, max = 9) int power) {
    double scale = Math.pow(2, power);
    Patterns scaled =
        new Patterns(
            made.patterns.positive().div(scale),
            made.patterns.negative().div(scale),
            made.patterns.positiveStates(),
            made.patterns.negativeStates());
    Case other =
        new Case(
            made.weights.mul(scale), made.bias.mul(scale), made.b, made.c, scaled, made.oddities);
    same(other.rho(1e-6, target), made.rho(1e-6, target), 0, 1, 2, 3);
  }

  @Property(seed = SEED)
  void theOrderOfNeuronsAndInputsDoesNotMatter(
      @ForAll("layers") Case made, @ForAll RegressionTarget target) {
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
            moved,
            made.oddities);
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
  @Property(seed = SEED)
  void aShiftOfTheInputsDoesNotMatterToLinearEstimators(
      @ForAll("layers") Case made, @ForAll RegressionTarget target) {
    int d = (int) made.weights.size(1);
    Patterns linear = Patterns.linear(made.patterns.positive());
    INDArray shift = SyntheticLayer.gaussian(new SplittableRandom(5), 1, d);
    Case plain = new Case(made.weights, made.bias, made.b, made.c, linear, made.oddities);
    Case moved =
        new Case(
            made.weights,
            made.bias.sub(made.weights.mmul(shift.transpose()).reshape(NEURONS)),
            made.b.addRowVector(shift),
            made.c.addRowVector(shift),
            linear,
            made.oddities);
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
  @Property(seed = SEED)
  void oneSampleHasNoCorrelation(@ForAll("layers") Case made, @ForAll RegressionTarget target) {
    INDArray one = made.c.getRow(0).reshape(1, made.c.size(1)).dup();
    Rho rho = made.with(made.b, one).rho(1e-6, target);
    for (int j = 0; j < NEURONS; j++) {
      assertThat(rho.evaluated()[j]).isNaN();
      assertThat(rho.included()[j]).isFalse();
    }
    assertThatThrownBy(() -> made.with(one, made.c).rho(1e-6, target))
        .hasMessageContaining("constant");
  }
}
