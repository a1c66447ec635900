package org.explain4j.metrics.rho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.explain4j.api.Patterns;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.Rho;
import org.explain4j.api.SignalQuality.Question;
import org.explain4j.network.Dense;
import org.explain4j.network.moments.LayerData;
import org.explain4j.network.moments.LayerMoments;
import org.explain4j.network.moments.LayerSamples;
import org.explain4j.network.moments.MiniBatches;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Several estimators and targets at once. */
class AdamMeasureTest {
  private static final int BATCH = 50;
  private static final int FEW = 20;
  private static final int NEURONS = 8;
  private static final int INPUTS = 12;
  private static final Adam SETTINGS = new Adam(0.03, 0.3, BATCH, 10, 0.01, 1000, 3, false);

  private final SyntheticLayer synthetic = SyntheticLayer.of(NEURONS, INPUTS, 1);
  private final LayerSamples b = synthetic.samples(500, 3);
  private final LayerSamples c = synthetic.samples(500, 4);
  private final List<Question> questions = questions();

  private List<Question> questions() {
    LayerMoments a = synthetic.samples(500, 2).moments();
    List<Question> all = new ArrayList<>();
    for (Patterns patterns :
        List.of(
            SyntheticLayer.random(a, 5),
            SyntheticLayer.twoComponent(a, RegressionTarget.POST),
            SyntheticLayer.linear(a, RegressionTarget.PRE))) {
      for (RegressionTarget target : RegressionTarget.values()) {
        all.add(new Question(patterns, target));
      }
    }
    return all;
  }

  private List<Rho> rho(Adam settings, LayerData data, long budget) {
    return new AdamMeasure(
            settings, synthetic.layer(), data, new LayerCovariances(c.moments()), budget)
        .rho(questions);
  }

  private List<Rho> oneByOne(Adam settings) {
    List<Rho> all = new ArrayList<>();
    for (Question question : questions) {
      all.add(settings.of(synthetic.layer(), b, c).rho(question.patterns(), question.target()));
    }
    return all;
  }

  private static void assertSame(List<Rho> found, List<Rho> expected) {
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i).evaluated())
          .containsExactly(expected.get(i).evaluated(), within(1e-6));
      assertThat(found.get(i).diagnostics().get("steps"))
          .isEqualTo(expected.get(i).diagnostics().get("steps"));
    }
  }

  @Test
  void togetherTheyFindWhatEachFindsAlone() {
    assertSame(rho(SETTINGS, b, Long.MAX_VALUE), oneByOne(SETTINGS));
  }

  @Test
  void soTheyDoFromAWarmStart() {
    Adam warm = new Adam(0.03, 0.3, BATCH, 50, 0.01, 100, 3, true);
    assertSame(rho(warm, b, Long.MAX_VALUE), oneByOne(warm));
  }

  /** Else the two tests above would not show that a search is unmoved when another one ends. */
  @Test
  void searchesEndAtDifferentSteps() {
    long different =
        rho(SETTINGS, b, Long.MAX_VALUE).stream()
            .map(rho -> rho.diagnostics().get("steps"))
            .distinct()
            .count();
    assertThat(different).isGreaterThan(2);
  }

  @Test
  void groupsWithinABudgetFindWhatAllTogetherFind() {
    long two = 2L * 28 * NEURONS * INPUTS;
    assertSame(rho(SETTINGS, b, two), rho(SETTINGS, b, Long.MAX_VALUE));
    assertSame(rho(SETTINGS, b, 1), rho(SETTINGS, b, Long.MAX_VALUE));
  }

  /** Neurons 1, 2 and 7 never fire, in the middle of a block, side by side and at its end. */
  @Test
  void neuronsWhoseTargetIsConstantAreLeftOutAndDisturbNoOther() {
    List<Rho> all = withDead(Set.of(1, 2, 7));
    List<Rho> alive = withDead(Set.of());
    for (int i = 0; i < questions.size(); i++) {
      boolean post = questions.get(i).target() == RegressionTarget.POST;
      for (int j = 0; j < NEURONS; j++) {
        boolean dead = Set.of(1, 2, 7).contains(j);
        double found = all.get(i).evaluated()[j];
        if (dead && post) {
          assertThat(found).isNaN();
        } else if (!dead) {
          assertThat(found).isCloseTo(alive.get(i).evaluated()[j], within(1e-6));
        }
      }
    }
  }

  @Test
  void aLayerThatNeverFiresIsNotSearched() {
    List<Rho> all = withDead(IntStream.range(0, NEURONS).boxed().collect(Collectors.toSet()));
    for (int i = 0; i < questions.size(); i++) {
      boolean post = questions.get(i).target() == RegressionTarget.POST;
      assertThat(all.get(i).diagnostics().get("steps")).isEqualTo(post ? 0.0 : FEW);
      for (double rho : all.get(i).evaluated()) {
        assertThat(Double.isNaN(rho)).isEqualTo(post);
      }
    }
  }

  /** So few steps that all searches take all of them. */
  private List<Rho> withDead(Set<Integer> neurons) {
    INDArray bias = synthetic.layer().bias().dup();
    neurons.forEach(j -> bias.putScalar(j, -1e3));
    Dense layer = new Dense(synthetic.layer().weights(), bias);
    LayerData fit = new LayerSamples(layer, synthetic.draw(500, 3));
    LayerData evaluate = new LayerSamples(layer, synthetic.draw(500, 4));
    Adam few = new Adam(0.03, 0.3, BATCH, FEW, 0.01, FEW, 3, false);
    return few.of(layer, fit, evaluate).rho(questions);
  }

  @Test
  void samplesAreReadOnceForAll() {
    Counted counted = new Counted(b);
    List<Rho> all = rho(SETTINGS, counted, Long.MAX_VALUE);
    double longest =
        all.stream().mapToDouble(rho -> rho.diagnostics().get("steps")).max().orElseThrow();
    assertThat(counted.batches).isEqualTo((int) longest);
  }

  @Test
  void stepsAreThoseOfThePublishedAlgorithmInEveryTile() {
    SyntheticLayer wide = SyntheticLayer.of(700, 37, 2);
    INDArray drawn = wide.draw(500, 5);
    LayerSamples samples = new LayerSamples(wide.layer(), drawn);
    Patterns patterns = SyntheticLayer.random(samples.moments(), 5);
    Adam few = new Adam(0.03, 0.3, BATCH, 30, 0.01, 30, 3, false);
    Rho all = few.of(wide.layer(), samples, samples).rho(patterns, RegressionTarget.PRE);
    for (int neuron : new int[] {0, 349, 350, 699}) {
      NaiveAdam naive = new NaiveAdam(wide.layer(), drawn, patterns.positive(), neuron);
      double expected = naive.rho(samples.minibatches(BATCH, 3), 30, 0.03, false);
      assertThat(all.fitted()[neuron]).isCloseTo(expected, within(1e-5));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 500, 1000})
  void miniBatchesMayHaveAnySize(int size) {
    INDArray drawn = synthetic.draw(500, 5);
    LayerSamples samples = new LayerSamples(synthetic.layer(), drawn);
    Patterns patterns = SyntheticLayer.random(samples.moments(), 5);
    Adam few = new Adam(0.03, 0.3, size, 10, 0.01, 10, 3, false);
    Rho all = few.of(synthetic.layer(), samples, samples).rho(patterns, RegressionTarget.PRE);
    NaiveAdam naive = new NaiveAdam(synthetic.layer(), drawn, patterns.positive(), 3);
    double expected = naive.rho(samples.minibatches(size, 3), 10, 0.03, false);
    assertThat(all.fitted()[3]).isCloseTo(expected, within(1e-5));
  }

  /** One step, so that it shows where it began. */
  @Test
  void aWarmStartStepsAsAlgorithmOneDoes() {
    INDArray drawn = synthetic.draw(500, 5);
    LayerSamples samples = new LayerSamples(synthetic.layer(), drawn);
    Patterns patterns = SyntheticLayer.random(samples.moments(), 5);
    Adam one = new Adam(0.03, 0.3, BATCH, 1, 0.01, 1, 3, true);
    Rho all = one.of(synthetic.layer(), samples, samples).rho(patterns, RegressionTarget.PRE);
    for (int neuron = 0; neuron < NEURONS; neuron++) {
      NaiveAdam naive = new NaiveAdam(synthetic.layer(), drawn, patterns.positive(), neuron);
      double expected = naive.rho(samples.minibatches(BATCH, 3), 1, 0.03, true);
      assertThat(all.fitted()[neuron]).isCloseTo(expected, within(1e-5));
    }
  }

  private static final class Counted implements LayerData {
    private final LayerData data;
    private int batches;

    Counted(LayerData data) {
      this.data = data;
    }

    @Override
    public LayerMoments moments() {
      return data.moments();
    }

    @Override
    public MiniBatches minibatches(int size, long seed) {
      MiniBatches all = data.minibatches(size, seed);
      return new MiniBatches() {
        @Override
        public int size() {
          return all.size();
        }

        @Override
        public long width() {
          return all.width();
        }

        @Override
        public int samples() {
          return all.samples();
        }

        @Override
        public int[] next() {
          batches++;
          return all.next();
        }

        @Override
        public void read(int[] samples, INDArray into) {
          all.read(samples, into);
        }
      };
    }
  }
}
