package org.explain4j.metrics.faithfulness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import org.explain4j.api.Metric;
import org.explain4j.network.Dense;
import org.explain4j.network.Flatten;
import org.explain4j.network.Layer;
import org.explain4j.network.Network;
import org.explain4j.network.arrays.Batches;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class DegradationTest {
  private static final Degradation SMALL = degradation(2, 100, 3, 1);

  /** Two channels of 5 x 4 pixels: patches of 2 are ragged at the bottom. */
  private final Network network = network(2, 5, 4);

  private final INDArray inputs = noise(1, 3, 2, 5, 4);
  private final INDArray attributions = noise(2, 3, 2, 5, 4);
  private final int[] classes = {0, 1, 2};

  @Test
  void equalsASlowTwin() {
    Metric.Result result = evaluate(SMALL, attributions);
    for (int i = 0; i < 3; i++) {
      double[] morf = slowTwin(i, true);
      double[] lerf = slowTwin(i, false);
      assertThat(result.curves().get(0).values()[i]).containsExactly(morf, within(1e-6));
      assertThat(result.curves().get(1).values()[i]).containsExactly(lerf, within(1e-6));
      double mean = Arrays.stream(morf).average().orElseThrow();
      double leastFirst = Arrays.stream(lerf).average().orElseThrow();
      assertThat(score(result, "mean-probability", i)).isCloseTo(mean, within(1e-6));
      assertThat(score(result, "aopc", i)).isCloseTo(morf[0] - mean, within(1e-6));
      assertThat(score(result, "area-between", i)).isCloseTo(leastFirst - mean, within(1e-6));
      // 16 % of 6 patches: one.
      assertThat(score(result, "mean-probability-16-percent", i))
          .isCloseTo((morf[0] + morf[1]) / 2, within(1e-6));
    }
  }

  @Test
  void aBatchIsTheSumOfItsExamples() {
    Metric.Result whole = evaluate(SMALL, attributions);
    for (int i = 0; i < 3; i++) {
      Metric.Result single =
          SMALL.evaluate(
              new Metric.Evaluation(
                  network,
                  Batches.slice(inputs, i, i + 1),
                  new int[] {classes[i]},
                  (x, c) -> x,
                  Batches.slice(attributions, i, i + 1)));
      assertThat(single.curves().get(0).values()[0])
          .containsExactly(whole.curves().get(0).values()[i], within(1e-6));
    }
  }

  @Test
  void theNetworkSeesFullBatchesOnly() {
    Network counted = mock(Network.class, delegatesTo(network));
    when(counted.largestBatch()).thenReturn(3);
    SMALL.evaluate(new Metric.Evaluation(counted, inputs, classes, (x, c) -> x, attributions));
    // 3 images: both ends, and twice 5 steps between, in batches of 3, never an image alone.
    verify(counted, times(12)).probabilities(argThat(batch -> batch.size(0) == 3));
    verify(counted, times(12)).probabilities(any());
    SMALL.baseline(new Metric.Images(counted, inputs, classes));
    verify(counted, times(12 + 2 + 3 * 5)).probabilities(any()); // of 3 seeds the ends once
    verify(counted, never()).forward(any());
  }

  @Test
  void theBaselineHasAResultForEachSeedAndARowForEachExample() {
    List<Metric.Result> seeds = SMALL.baseline(new Metric.Images(network, inputs, classes));
    assertThat(seeds).hasSize(3);
    Metric.Result evaluated = evaluate(SMALL, attributions);
    for (Metric.Result seed : seeds) {
      Metric.Curve curve = seed.curves().get(0);
      assertThat(curve.name()).isEqualTo("morf");
      assertThat(curve.values()).hasDimensions(3, 7);
      for (int i = 0; i < 3; i++) {
        // All orders begin with the clean image and end with all patches replaced.
        double[] other = evaluated.curves().get(0).values()[i];
        assertThat(curve.values()[i][0]).isCloseTo(other[0], within(1e-6));
        assertThat(curve.values()[i][6]).isCloseTo(other[6], within(1e-6));
        double mean = Arrays.stream(curve.values()[i]).average().orElseThrow();
        assertThat(score(seed, "mean-probability", i)).isCloseTo(mean, within(1e-9));
        assertThat(score(seed, "aopc", i)).isCloseTo(other[0] - mean, within(1e-6));
      }
      assertThat(seed.scores().stream().map(Metric.Score::name))
          .isSubsetOf(evaluated.scores().stream().map(Metric.Score::name).toList());
    }
    assertThat(Arrays.deepEquals(morf(seeds, 0), morf(seeds, 1))).isFalse();
    assertThat(morf(SMALL.baseline(new Metric.Images(network, inputs, classes)), 2))
        .isDeepEqualTo(morf(seeds, 2));
  }

  private static double[][] morf(List<Metric.Result> seeds, int seed) {
    return seeds.get(seed).curves().get(0).values();
  }

  @Test
  void randomOrdersBelongToTheImageNotToItsPlace() {
    double[][] whole = morf(SMALL.baseline(new Metric.Images(network, inputs, classes)), 1);
    for (int i = 0; i < 3; i++) {
      INDArray alone = Batches.slice(inputs, i, i + 1);
      double[][] part =
          morf(SMALL.baseline(new Metric.Images(network, alone, new int[] {classes[i]})), 1);
      assertThat(part[0]).containsExactly(whole[i], within(1e-6));
    }
  }

  /** Fisher and Yates' shuffle, seeded by the pixels; recorded baselines depend on it. */
  @Test
  void randomOrdersAreDrawnFromSeedAndPixels() {
    List<Metric.Result> seeds =
        degradation(2, 100, 2, 4).baseline(new Metric.Images(network, inputs, classes));
    for (int i = 0; i < 3; i++) {
      for (int s = 0; s < 2; s++) {
        long hash = 4L + s;
        for (double pixel : Batches.slice(inputs, i, i + 1).dup('c').data().asDouble()) {
          hash = 31 * hash + Double.hashCode(pixel);
        }
        SplittableRandom random = new SplittableRandom(hash);
        Integer[] order = {0, 1, 2, 3, 4, 5};
        for (int last = 5; last > 0; last--) {
          Collections.swap(Arrays.asList(order), last, random.nextInt(last + 1));
        }
        assertThat(morf(seeds, s)[i]).containsExactly(slowCurve(i, order), within(1e-6));
      }
    }
  }

  /** 28 x 28 in 4 x 4: 16 % of 49 patches are 8; of the paper's 625 they are its 100. */
  @Test
  void thePapersShareIsSixteenPercentOfThePatches() {
    Network larger = network(1, 28, 28);
    Metric.Result result =
        degradation(4, 49, 1, 1)
            .evaluate(
                new Metric.Evaluation(
                    larger,
                    noise(4, 2, 1, 28, 28),
                    new int[2],
                    (x, c) -> x,
                    noise(5, 2, 1, 28, 28)));
    double[] curve = result.curves().get(0).values()[1];
    assertThat(score(result, "mean-probability-16-percent", 1))
        .isCloseTo(Arrays.stream(curve, 0, 9).average().orElseThrow(), within(1e-9));
    assertThat(new Degradation().notes(network(3, 224, 224)).get("paper's share"))
        .endsWith("100 of 625");
    assertThat(degradation(9, 99, 1, 1).notes(network(3, 224, 224)).get("paper's share"))
        .contains("beyond the steps");
    assertThat(scores(larger, 7)).containsExactly("mean-probability", "aopc", "area-between");
    assertThat(scores(larger, 8)).contains("mean-probability-16-percent");
  }

  private static List<String> scores(Network larger, int steps) {
    Metric.Evaluation one =
        new Metric.Evaluation(
            larger, noise(4, 1, 1, 28, 28), new int[1], (x, c) -> x, noise(5, 1, 1, 28, 28));
    return degradation(4, steps, 1, 1).evaluate(one).scores().stream()
        .map(Metric.Score::name)
        .toList();
  }

  @Test
  void notesTellOfRaggedPatchesAndCappedSteps() {
    assertThat(SMALL.notes(network))
        .containsEntry("patches", "3 x 2 = 6")
        .containsEntry("steps", "6")
        .containsKeys("ragged patches", "steps capped");
    assertThat(degradation(2, 3, 1, 1).notes(network(1, 4, 4)))
        .containsEntry("steps", "3")
        .doesNotContainKeys("ragged patches", "steps capped");
    assertThat(degradation(2, 4, 3, 5).notes(network(1, 4, 4)))
        .containsEntry("steps", "4")
        .containsEntry("random orders", "3, seeds 5 to 7")
        .doesNotContainKey("steps capped");
    assertThat(new Degradation().notes(network(3, 224, 224)))
        .containsEntry("patches", "25 x 25 = 625");
  }

  @Test
  void settingsThatDoNotFitAreErrorsWithNumbers() {
    assertThatThrownBy(() -> degradation(9, 100, 10, 0)).hasMessageContaining("seed (0)");
    assertThatThrownBy(() -> new Degradation().notes(network(1, 8, 8)))
        .hasMessageContaining("patch (9)")
        .hasMessageContaining("8 x 8")
        .hasMessageContaining("Maybe set patch to 1.");
    assertThat(degradation(1, 1, 1, 1).id()).isEqualTo("degradation");
    assertThatThrownBy(() -> evaluate(SMALL, attributions.dup().putScalar(3, Double.NaN)))
        .hasMessageContaining("example 0");
  }

  private static Degradation degradation(int patch, int steps, int randomSeeds, long seed) {
    Degradation paper = new Degradation();
    return new Degradation(patch, steps, paper.replacement(), paper.readOut(), randomSeeds, seed);
  }

  private Metric.Result evaluate(Degradation metric, INDArray maps) {
    return metric.evaluate(new Metric.Evaluation(network, inputs, classes, (x, c) -> x, maps));
  }

  private static double score(Metric.Result result, String name, int example) {
    return result.scores().stream()
        .filter(s -> s.name().equals(name))
        .findFirst()
        .orElseThrow()
        .values()[example];
  }

  /** One image at a time, every step from the clean image, patches as written in the paper. */
  private double[] slowTwin(int example, boolean mostRelevantFirst) {
    double[] scores = new double[6];
    for (int patch = 0; patch < 6; patch++) {
      for (int[] pixel : pixels(patch)) {
        for (int c = 0; c < 2; c++) {
          scores[patch] += attributions.getDouble(example, c, pixel[0], pixel[1]);
        }
      }
    }
    Integer[] order = {0, 1, 2, 3, 4, 5};
    Arrays.sort(
        order,
        (p, q) ->
            mostRelevantFirst
                ? Double.compare(scores[q], scores[p])
                : Double.compare(scores[p], scores[q]));
    return slowCurve(example, order);
  }

  private double[] slowCurve(int example, Integer[] order) {
    double[] curve = new double[7];
    for (int step = 0; step <= 6; step++) {
      INDArray image = Batches.slice(inputs, example, example + 1);
      for (int removed = 0; removed < step; removed++) {
        List<int[]> patch = pixels(order[removed]);
        for (int c = 0; c < 2; c++) {
          double mean = 0;
          for (int[] pixel : patch) {
            mean += inputs.getDouble(example, c, pixel[0], pixel[1]) / patch.size();
          }
          for (int[] pixel : patch) {
            image.putScalar(new int[] {0, c, pixel[0], pixel[1]}, mean);
          }
        }
      }
      curve[step] = network.probabilities(image).getDouble(0, classes[example]);
    }
    return curve;
  }

  private static List<int[]> pixels(int patch) {
    List<int[]> pixels = new ArrayList<>();
    for (int y = patch / 2 * 2; y < Math.min(5, patch / 2 * 2 + 2); y++) {
      for (int x = patch % 2 * 2; x < patch % 2 * 2 + 2; x++) {
        pixels.add(new int[] {y, x});
      }
    }
    return pixels;
  }

  static Network network(int c, int h, int w) {
    LinkedHashMap<String, Layer> layers = new LinkedHashMap<>();
    layers.put("flatten", new Flatten());
    INDArray weights = noise(3, 3, c * h * w);
    layers.put("fc", new Dense(weights, Nd4j.zeros(DataType.FLOAT, 3)));
    return Network.chain(List.of((long) c, (long) h, (long) w), layers);
  }

  static INDArray noise(long seed, int... shape) {
    SplittableRandom random = new SplittableRandom(seed);
    int length = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Nd4j.createFromArray(values).reshape(Arrays.stream(shape).asLongStream().toArray());
  }
}
