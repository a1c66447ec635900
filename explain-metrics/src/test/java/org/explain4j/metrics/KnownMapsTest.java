package org.explain4j.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.explain4j.api.Catalog;
import org.explain4j.api.Metric;
import org.explain4j.api.Metric.Evaluation;
import org.explain4j.api.Metric.Images;
import org.explain4j.metrics.faithfulness.FaithfulnessCorrelation;
import org.explain4j.metrics.faithfulness.FaithfulnessEstimate;
import org.explain4j.metrics.faithfulness.MonotonicityCorrelation;
import org.explain4j.metrics.faithfulness.SensitivityN;
import org.explain4j.metrics.maps.AttributionLocalisation;
import org.explain4j.metrics.maps.Auc;
import org.explain4j.metrics.maps.Complexity;
import org.explain4j.metrics.maps.Consistency;
import org.explain4j.metrics.maps.EffectiveCount;
import org.explain4j.metrics.maps.Focus;
import org.explain4j.metrics.maps.Part;
import org.explain4j.metrics.maps.PointingGame;
import org.explain4j.metrics.maps.RelevanceMass;
import org.explain4j.metrics.maps.RelevanceRank;
import org.explain4j.metrics.maps.Sparseness;
import org.explain4j.metrics.maps.TopKIntersection;
import org.explain4j.testkit.Networks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Likewise of metrics that look at maps alone. */
class KnownMapsTest extends KnownAnswers {
  @Test
  void aConstantMapIsChance() {
    Evaluation constant =
        judged(linear, (x, c) -> Nd4j.ones(DataType.DOUBLE, x.shape()), masked(quarter()));
    all(values(new Sparseness(), constant, "gini"), 0);
    all(values(new Complexity(), constant, "entropy"), Math.log(PIXELS));
    all(values(new Auc(), constant, "area"), 0.5);
    all(values(new RelevanceMass(), constant, "mass"), 0.25);
    all(values(new Focus(), constant, "focus"), 0.25);
    all(values(new AttributionLocalisation(), constant, "weighted-mu"), 1);
    all(values(new EffectiveCount(), constant, "pixels"), PIXELS);
    all(values(new PointingGame(), constant, "hit"), 1); // of equal pixels the first
  }

  /** A quarter of the image is inside: random maps have a quarter of everything there. */
  @Test
  void randomMapsGetChance() {
    Images images = new Images(linear, inputs, classes, masked(quarter()), new Metric.Shared());
    chance(new RelevanceMass(), images, 0, 0.25);
    chance(new RelevanceRank(), images, 0, 0.25);
    chance(new TopKIntersection(), images, 0, 0.25);
    chance(new TopKIntersection(), images, 1, 1);
    chance(new PointingGame(), images, 0, 0.25);
    chance(new AttributionLocalisation(), images, 1, 1);
    chance(new Focus(), images, 0, 0.25);
    chance(new Auc(), images, 0, 0.5);
    chance(new FaithfulnessCorrelation(), images, 0, 0);
    chance(new SensitivityN(), images, 0, 0);
    chance(new FaithfulnessEstimate(), images, 0, 0);
    chance(new MonotonicityCorrelation(), images, 0, 0);
  }

  private static void chance(Metric metric, Images images, int score, double expected) {
    double mean =
        metric.baseline(images).stream()
            .flatMapToDouble(seed -> Arrays.stream(seed.scores().get(score).values()))
            .average()
            .orElseThrow();
    assertThat(mean).as(metric.id()).isCloseTo(expected, within(0.1 * Math.max(expected, 0.5)));
  }

  @Test
  void aMapThatIsTheMaskIsPerfect() {
    INDArray mask = quarter();
    Evaluation perfect =
        judged(
            linear,
            (x, c) -> mask.reshape(1, 1, SIDE, SIDE).broadcast(x.shape()).dup('c'),
            masked(mask));
    all(values(new RelevanceMass(), perfect, "mass"), 1);
    all(values(new RelevanceRank(), perfect, "rank"), 1);
    all(values(new Auc(), perfect, "area"), 1);
    all(values(new AttributionLocalisation(), perfect, "weighted-mu"), 4);
    all(values(new TopKIntersection(0.25, Part.SIGNED), perfect, "concept-influence"), 4);
    all(values(new Sparseness(), perfect, "gini"), 0.75);
  }

  @Test
  void aOneHotMapIsSimplest() {
    Evaluation single =
        judged(
            linear,
            (x, c) -> {
              INDArray map = Nd4j.zeros(DataType.DOUBLE, x.shape());
              for (int i = 0; i < c.length; i++) {
                map.putScalar(new int[] {i, 0, 3, 2}, -4);
              }
              return map;
            },
            masked(quarter()));
    all(values(new Sparseness(), single, "gini"), 1 - 1.0 / PIXELS);
    all(values(new Complexity(), single, "entropy"), 0);
    all(values(new EffectiveCount(), single, "pixels"), 1);
    all(values(new RelevanceMass(), single, "mass"), Double.NaN, "nothing is positive");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, Double.NaN})
  void anEmptyAMissingAndAFullMask(double value) {
    INDArray mask = Nd4j.valueArrayOf(new long[] {1, SIDE, SIDE}, value, DataType.DOUBLE);
    Evaluation any = judged(linear, (x, c) -> Networks.normal(9, x.shape()), masked(mask));
    double expected = value == 1 ? 1 : Double.NaN;
    for (Metric metric :
        List.of(
            new PointingGame(), new RelevanceMass(), new RelevanceRank(), new TopKIntersection())) {
      assertThat(metric.evaluate(any).scores().get(0).values())
          .as(metric.id())
          .containsOnly(expected);
    }
    all(values(new Auc(), any, "area"), Double.NaN, "nothing inside, or nothing outside");
  }

  static List<Metric> maps() {
    return Catalog.of(Metric.class).providers().values().stream()
        .filter(m -> m.needsMasks() || m.family().equals("complexity"))
        .filter(m -> !m.id().equals("effective-complexity"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("maps")
  void aMapOfZerosHasNoValue(Metric metric) {
    Evaluation zeros =
        judged(linear, (x, c) -> Nd4j.zeros(DataType.DOUBLE, x.shape()), masked(quarter()));
    metric.evaluate(zeros).scores().forEach(s -> assertThat(s.values()).containsOnly(Double.NaN));
  }

  @Test
  void oneLabelForEverythingGivesTheShareOfTheClassAmongTheOthers() {
    Evaluation same = judged(linear, (x, c) -> Nd4j.ones(DataType.DOUBLE, x.shape()));
    int[] predicted = linear.predict(inputs);
    double[] shares = values(new Consistency(4), same, "consistency");
    for (int i = 0; i < IMAGES; i++) {
      int own = predicted[i];
      double others = Arrays.stream(predicted).filter(c -> c == own).count() - 1.0;
      assertThat(shares[i]).isCloseTo(others / (IMAGES - 1), within(1e-12));
    }
  }

  @Test
  void withOnlyOneImageSetsHaveNoValue() {
    Evaluation alone =
        new Evaluation(
            linear,
            inputs.get(NDArrayIndex.interval(0, 1)).dup(),
            new int[1],
            (x, c) -> x,
            inputs.get(NDArrayIndex.interval(0, 1)).dup());
    assertThat(values(new Consistency(4), alone, "consistency")).containsOnly(Double.NaN);
  }
}
