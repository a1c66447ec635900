package org.explain4j.network.moments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.explain4j.network.Convolution;
import org.explain4j.network.Window;
import org.explain4j.network.arrays.Workers;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class WinogradSumsTest {
  private static final Window WINDOW = Window.square(3).pad(1);
  private static final int CHANNELS = WinogradSums.LEAST;
  private static final int NEURONS = WinogradSums.LEAST;

  @AfterEach
  void allThreads() {
    Workers.limit(Runtime.getRuntime().availableProcessors());
  }

  @ParameterizedTest
  @CsvSource({"1,1,1,1", "0,0,0,0", "2,0,1,3", "0,5,0,0", "0,0,4,0"})
  void imagesOfAllSizesHaveTheSumsOfTheirPatches(int top, int left, int bottom, int right) {
    Window window = Window.square(3).pad(top, left, bottom, right);
    Convolution layer = convolution(CHANNELS, NEURONS, window);
    for (int height = 1; height < 9; height++) {
      for (int width = 1; width < 9; width++) {
        if (height + top + bottom >= 3 && width + left + right >= 3) {
          requirePatches(layer, input(3, CHANNELS, height, width), 1e-6);
        }
      }
    }
  }

  @Test
  void manyNeuronsAndPlacesAreSummedInParts() {
    Convolution layer = convolution(CHANNELS, 2 * WinogradSums.NEURONS + 3, WINDOW);
    INDArray input = input(4, CHANNELS, 31, 46);
    assertThat(4L * 16 * 23 * WinogradSums.factors(CHANNELS, layer.neurons()))
        .isGreaterThan(2 * WinogradSums.CHUNK);
    requirePatches(layer, input, 1e-6);
  }

  @Test
  void theNumberOfThreadsChangesNoBit() {
    Convolution layer = convolution(CHANNELS, 200, WINDOW);
    INDArray input = input(4, CHANNELS, 31, 46);
    Workers.limit(1);
    LayerMoments alone = moments(layer, input);
    for (int threads = 2; threads < 5; threads++) {
      Workers.limit(threads);
      LayerMoments shared = moments(layer, input);
      for (int i = 0; i < 3; i++) {
        assertThat(shared.productSums()[i]).isEqualTo(alone.productSums()[i]);
      }
    }
  }

  @Test
  void roundingIsAtMostThreeTimesThatOfAllProducts() {
    Convolution layer = convolution(CHANNELS, NEURONS, WINDOW);
    INDArray input = input(2, CHANNELS, 56, 56);
    INDArray output = layer.forward(input);
    LayerMoments exact = LayerMoments.of(layer, false);
    exact.addSamples(layer.patches(input));
    LayerMoments tiled = moments(layer, input);
    LayerMoments direct = LayerMoments.of(layer, true); // for xx' tap by tap
    direct.addBatch(input, output);
    for (int i = 0; i < 3; i++) {
      INDArray expected = exact.productSums()[i];
      assertThat(Shared.distance(tiled.productSums()[i], expected))
          .isLessThan(3 * Shared.distance(direct.productSums()[i], expected))
          .isLessThan(3e-7);
    }
  }

  /** E[x | y &lt;= 0] is made of E[x] - E[x i], which lose all digits that they share. */
  @Test
  void whatSeldomHappensIsAsPreciseAsWhatOftenDoes() {
    INDArray weights = convolution(CHANNELS, NEURONS, WINDOW).weights();
    for (double bias : new double[] {-60, 60}) {
      INDArray all = Nd4j.valueArrayOf(new long[] {NEURONS}, bias).castTo(DataType.FLOAT);
      Convolution layer = new Convolution(weights, all, WINDOW);
      INDArray input = input(8, CHANNELS, 28, 28);
      LayerMoments unrolled = LayerMoments.of(layer, false);
      unrolled.addSamples(layer.patches(input));
      boolean open = bias > 0;
      double share = unrolled.active().meanNumber().doubleValue();
      assertThat(open ? 1 - share : share).isBetween(1e-3, .1);
      assertThat(Shared.distance(rare(moments(layer, input), open), rare(unrolled, open)))
          .isLessThan(3e-7);
    }
  }

  private static INDArray rare(LayerMoments moments, boolean open) {
    INDArray active = moments.meanXActive();
    return open ? active.rsubi(0).addiRowVector(moments.meanX()) : active;
  }

  static Stream<Window> others() {
    return Stream.of(
        Window.square(1),
        Window.square(5).pad(2),
        Window.of(3, 2),
        WINDOW.stride(2),
        WINDOW.dilation(2, 1));
  }

  @ParameterizedTest
  @MethodSource("others")
  void otherWindowsAreSummedTapByTap(Window window) {
    assertThat(WinogradSums.serves(convolution(CHANNELS, NEURONS, window), false)).isFalse();
  }

  @Test
  void narrowLayersFloat64AndCovarianceAreSummedTapByTap() {
    Convolution layer = convolution(CHANNELS, NEURONS, WINDOW);
    assertThat(WinogradSums.serves(layer, false)).isTrue();
    assertThat(WinogradSums.serves(layer, true)).isFalse();
    assertThat(WinogradSums.serves(convolution(CHANNELS - 1, NEURONS, WINDOW), false)).isFalse();
    assertThat(WinogradSums.serves(convolution(CHANNELS, NEURONS - 1, WINDOW), false)).isFalse();
    Convolution wide =
        new Convolution(
            layer.weights().castTo(DataType.DOUBLE), layer.bias().castTo(DataType.DOUBLE), WINDOW);
    assertThat(WinogradSums.serves(wide, false)).isFalse();
  }

  private static void requirePatches(Convolution layer, INDArray input, double tolerance) {
    assertThat(WinogradSums.serves(layer, false)).isTrue();
    LayerMoments unrolled = LayerMoments.of(layer, false);
    unrolled.addSamples(layer.patches(input));
    LayerMoments tiled = moments(layer, input);
    assertThat(tiled.count()).isEqualTo(unrolled.count());
    for (int i = 0; i < 3; i++) {
      assertThat(Shared.distance(tiled.productSums()[i], unrolled.productSums()[i]))
          .as("images %s, product %d", Arrays.toString(input.shape()), i)
          .isLessThan(tolerance);
    }
    assertThat(Shared.distance(tiled.meanPositive(), unrolled.meanPositive()))
        .isLessThan(tolerance);
    assertThat(Shared.distance(tiled.meanNegativeSquare(), unrolled.meanNegativeSquare()))
        .isLessThan(tolerance);
    assertThat(tiled.activeCount()).isEqualTo(unrolled.activeCount());
  }

  private static LayerMoments moments(Convolution layer, INDArray input) {
    LayerMoments moments = LayerMoments.of(layer, false);
    moments.addBatch(input, layer.forward(input));
    return moments;
  }

  /** Of weights around 0: where y hardly changes its sign, its own rounding is what counts. */
  private static Convolution convolution(int channels, int neurons, Window window) {
    INDArray weights = noise(1, neurons, channels, window.height(), window.width());
    return new Convolution(weights.subi(0.3), noise(2, neurons), window);
  }

  private static INDArray input(int images, int channels, int height, int width) {
    return noise(3, images, channels, height, width);
  }

  private static INDArray noise(long seed, long... shape) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() + 0.3);
    }
    return Nd4j.createFromArray(values).reshape(shape);
  }
}
