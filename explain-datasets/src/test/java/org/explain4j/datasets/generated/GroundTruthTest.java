package org.explain4j.datasets.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.explain4j.api.Dataset;
import org.explain4j.api.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class GroundTruthTest {

  private static Dataset open(Kind kind, Background background, int side) {
    return new GroundTruth(kind, background, side, Optional.empty(), 2000, 400, 3)
        .open(Path.of(""));
  }

  static Stream<Arguments> combinations() {
    return Stream.of(Kind.values())
        .flatMap(kind -> Stream.of(Background.values()).map(b -> Arguments.of(kind, b)));
  }

  private static int[] first(int count) {
    return IntStream.range(0, count).toArray();
  }

  private static float[][] images(Split split, int count) {
    return rows(split.inputs(first(count)), count);
  }

  private static float[][] masks(Split split, int count) {
    return rows(split.masks(first(count)).orElseThrow(), count);
  }

  private static float[][] rows(INDArray array, int count) {
    return array.reshape('c', count, -1).toFloatMatrix();
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void imagesHaveOneChannelTwoClassesAndAMask(Kind kind, Background background) {
    Dataset data = open(kind, background, 16);
    assertThat(data.inputShape()).containsExactly(1L, 16L, 16L);
    assertThat(data.classNames()).hasSize(2);
    assertThat(data.train().size()).isEqualTo(2000);
    assertThat(data.test().size()).isEqualTo(400);
    assertThat(data.test().inputs(7, 3).shape()).containsExactly(2, 1, 16, 16);
    assertThat(data.test().masks(7, 3).orElseThrow().shape()).containsExactly(2, 16, 16);
    assertThat(Arrays.stream(data.train().labels(first(2000))).sum()).isEqualTo(1000);
    assertThat(data.name()).contains(kind.toString().toLowerCase(Locale.ROOT));
  }

  /** One affine map for all pixels: less than one value in 100,000 is clipped. */
  @ParameterizedTest
  @MethodSource("combinations")
  void pixelsFillTheRangeAndHardlyAnyIsClipped(Kind kind, Background background) {
    int clipped = 0;
    double most = 0;
    for (float[] image : images(open(kind, background, 8).train(), 2000)) {
      for (float pixel : image) {
        assertThat(pixel).isBetween(0f, 1f);
        clipped += pixel == 0 || pixel == 1 ? 1 : 0;
        most = Math.max(most, Math.abs(pixel - 0.5));
      }
    }
    assertThat(clipped).isLessThanOrEqualTo(4); // of 128,000; 1 to be expected at most
    assertThat(most).isGreaterThan(0.3);
  }

  @ParameterizedTest
  @CsvSource({
    "LINEAR, 8, 8",
    "MULTIPLICATIVE, 8, 8",
    "XOR, 8, 8",
    "RIGID, 8, 4",
    "DISTRACTORS, 8, 9",
    "LINEAR, 24, 72",
    "RIGID, 16, 16",
    "DISTRACTORS, 16, 37"
  })
  void masksHaveTheSizeOfTheSignal(Kind kind, int side, int pixels) {
    for (float[] mask : masks(open(kind, Background.WHITE, side).train(), 200)) {
      int inside = 0;
      for (float value : mask) {
        assertThat(value).isIn(0f, 1f);
        inside += (int) value;
      }
      assertThat(inside).isEqualTo(pixels);
    }
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void theSameSettingsGiveTheSameImagesAndNoImageIsInBothSplits(Kind kind, Background background) {
    Dataset one = open(kind, background, 8);
    Dataset again = open(kind, background, 8);
    assertThat(again.fingerprint()).isEqualTo(one.fingerprint());
    assertThat(again.test().inputs(5, 399)).isEqualTo(one.test().inputs(5, 399));
    Set<String> images = new HashSet<>();
    for (Split split : List.of(one.train(), one.test())) {
      for (float[] image : images(split, 400)) {
        images.add(Arrays.toString(image));
      }
    }
    assertThat(images).hasSize(800);
    Dataset other =
        new GroundTruth(kind, background, 8, Optional.empty(), 2000, 400, 4).open(Path.of(""));
    assertThat(other.fingerprint()).isNotEqualTo(one.fingerprint());
    assertThat(other.test().inputs(5)).isNotEqualTo(one.test().inputs(5));
  }

  /** T at rows 1 and 2, L at rows 4 to 6. */
  @Test
  void theFixedShapesAreWhereTheyAreDrawn() {
    float[] mask = masks(open(Kind.LINEAR, Background.WHITE, 8).train(), 1)[0];
    assertThat(picture(mask, 8))
        .isEqualTo(
            """
            ........
            .XXX....
            ..X.....
            ........
            .....X..
            .....X..
            .....XX.
            ........
            """);
  }

  private static String picture(float[] mask, int side) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < mask.length; i++) {
      text.append(mask[i] == 1 ? 'X' : '.').append(i % side == side - 1 ? "\n" : "");
    }
    return text.toString();
  }

  @Test
  void aQuarterTurnIsClockwise() {
    boolean[] image = new boolean[64];
    Tetromino.T.mark(image, 8, 1, 0, 0);
    Tetromino.L.mark(image, 8, 2, 0, 4);
    float[] mask = new float[64];
    for (int i = 0; i < 64; i++) {
      mask[i] = image[i] ? 1 : 0;
    }
    assertThat(picture(mask, 8))
        .startsWith(
            """
            .X..XX..
            XX...X..
            .X...X..
            ........
            """);
  }

  /** All four turns of both shapes, at every place where they fit. */
  @Test
  void rigidShapesAreAnywhereAndTurned() {
    Set<String> seen = new HashSet<>();
    for (float[] mask : masks(open(Kind.RIGID, Background.WHITE, 8).train(), 2000)) {
      seen.add(picture(mask, 8));
    }
    assertThat(seen).hasSize(2 * 4 * 6 * 7);
  }

  /** With a strong signal the mean image is the signal: s a over the limit, half of it up. */
  @Test
  void meansOfAStrongSignalAreItsPixels() {
    Split split =
        new GroundTruth(Kind.LINEAR, Background.WHITE, 8, Optional.of(0.5), 2000, 10, 1)
            .open(Path.of(""))
            .train();
    double limit = 0.5 * 0.5 + 0.5 * 4.5 / 8;
    double[] sums = new double[64];
    for (int i = 0; i < 2000; i += 2) {
      float[] image = split.inputs(i).ravel().toFloatVector();
      for (int p = 0; p < 64; p++) {
        sums[p] += image[p] / 1000;
      }
    }
    double error = 5 * (0.5 / 8 / (2 * limit)) / Math.sqrt(1000);
    assertThat(sums[9]).as("a pixel of the T").isCloseTo(0.5 + 0.25 / (2 * limit), within(error));
    assertThat(sums[37]).as("a pixel of the L").isCloseTo(0.5, within(error));
    assertThat(sums[0]).as("a corner").isCloseTo(0.5, within(error));
  }

  /** What is drawn is the formula of the documentation, with the same random numbers. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void anImageIsItsFormula(Kind kind) {
    double[][] filter = Background.CORRELATED.filter(8);
    Recipe strong = Recipe.of(kind, filter, 0.999999999, 5);
    Recipe weak = Recipe.of(kind, filter, 1e-9, 5);
    for (int label = 0; label < 2; label++) {
      double[] noise = weak.draw(label, new SplittableRandom(8)).values();
      double[] signal = strong.draw(label, new SplittableRandom(8)).values();
      double[] both = Recipe.of(kind, filter, 0.3, 5).draw(label, new SplittableRandom(8)).values();
      for (int p = 0; p < 64; p++) {
        assertThat(both[p]).isCloseTo(0.3 * signal[p] + 0.7 * noise[p], within(1e-7));
      }
    }
  }

  /** In class 0 the two shapes have equal signs, in class 1 opposite ones. */
  @Test
  void exclusiveOrShowsInTheProductOnly() {
    Split split =
        new GroundTruth(Kind.XOR, Background.WHITE, 8, Optional.of(0.9), 400, 10, 1)
            .open(Path.of(""))
            .train();
    int[] up = new int[2];
    float[][] images = images(split, 400);
    for (int i = 0; i < 400; i++) {
      boolean first = images[i][10] > 0.5;
      boolean second = images[i][37] > 0.5;
      assertThat(first == second).isEqualTo(i % 2 == 0);
      up[i % 2] += first ? 1 : 0;
    }
    assertThat(up[0]).isBetween(60, 140);
    assertThat(up[1]).isBetween(60, 140);
  }

  /** Multiplied by 1 - s where the shape is. */
  @Test
  void multiplicationMakesTheShapeFaint() {
    float[][] images = images(open(Kind.MULTIPLICATIVE, Background.WHITE, 8).train(), 2000);
    double faint = 0;
    double usual = 0;
    for (int i = 0; i < 2000; i += 2) {
      faint += Math.pow(images[i][10] - 0.5, 2);
      usual += Math.pow(images[i][37] - 0.5, 2);
    }
    assertThat(faint / usual).isCloseTo(0.09, within(0.02));
  }

  /** Neighbours in smoothed noise: exp(-1 / (4 0.7^2)), far from the border. */
  @ParameterizedTest
  @CsvSource({"WHITE, 0", "CORRELATED, 0.6003"})
  void backgroundPixelsTellOfThePixelsOfTheShapeOnlyIfTheNoiseIsSmooth(
      Background background, double expected) {
    float[][] images = images(open(Kind.LINEAR, background, 8).train(), 2000);
    // Class 1 has no T: both pixels are noise.
    double[] shape = IntStream.range(0, 1000).mapToDouble(i -> images[2 * i + 1][18]).toArray();
    double[] beside = IntStream.range(0, 1000).mapToDouble(i -> images[2 * i + 1][26]).toArray();
    assertThat(correlation(shape, beside)).isCloseTo(expected, within(4 / Math.sqrt(1000)));
  }

  private static double correlation(double[] a, double[] b) {
    double[] sums = new double[3];
    double meanA = Arrays.stream(a).average().orElseThrow();
    double meanB = Arrays.stream(b).average().orElseThrow();
    for (int i = 0; i < a.length; i++) {
      sums[0] += (a[i] - meanA) * (b[i] - meanB);
      sums[1] += Math.pow(a[i] - meanA, 2);
      sums[2] += Math.pow(b[i] - meanB, 2);
    }
    return sums[0] / Math.sqrt(sums[1] * sums[2]);
  }

  @Test
  void oddSettingsAreRefusedWithWhatToDo() {
    assertThatThrownBy(
            () -> new GroundTruth(Kind.LINEAR, Background.WHITE, 12, Optional.empty(), 10, 10, 1))
        .hasMessage(
            "The side (12) must be a multiple of 8.\nMaybe set dataset.ground-truth.side to 16.");
    assertThatThrownBy(
            () -> new GroundTruth(Kind.LINEAR, Background.WHITE, 8, Optional.of(1.0), 10, 10, 1))
        .hasMessageContaining("signal (1.0) must be above 0 and below 1")
        .hasMessageContaining("signal to 0.18");
    assertThatThrownBy(
            () -> new GroundTruth(Kind.RIGID, Background.WHITE, 8, Optional.empty(), 0, 10, 1))
        .hasMessageContaining("train (0) must be at least 1");
    assertThatThrownBy(
            () -> new GroundTruth(Kind.RIGID, Background.WHITE, 8, Optional.empty(), 10, 10, 0))
        .hasMessageContaining("seed (0) must be at least 1");
    Split split = open(Kind.XOR, Background.WHITE, 8).test();
    assertThatThrownBy(() -> split.inputs(400)).hasMessageContaining("no image 400 in 'test'");
  }
}
