package org.explain4j.network.moments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.explain4j.network.ChannelSlice;
import org.explain4j.network.Convolution;
import org.explain4j.network.Dense;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Window;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class LayerMomentsTest {

  static Stream<Window> windows() {
    return Stream.of(
        Window.square(3).pad(1),
        Window.square(3),
        Window.square(1),
        Window.square(5).pad(2),
        Window.of(3, 2).pad(2, 0, 0, 1),
        Window.square(3).pad(2).dilation(2, 2),
        Window.of(2, 3).pad(3, 1, 4, 0).dilation(1, 2),
        Window.square(3).pad(1).stride(2),
        Window.square(4).stride(3, 2),
        Window.square(3).stride(4),
        Window.square(3).pad(2).dilation(2, 2).stride(2));
  }

  @ParameterizedTest
  @MethodSource("windows")
  void aBatchEqualsItsUnrolledPatches(Window window) {
    Convolution layer = convolution(window, DataType.DOUBLE);
    requireUnrolled(layer, 1e-12, noise(5, 3, 4, 8, 9), noise(6, 3, 4, 8, 9));
  }

  @Test
  void placesOfLargeImagesAreSummedInPartsWithoutLoss() {
    Convolution layer = convolution(Window.square(3).pad(1), DataType.DOUBLE);
    assertThat(ConvolutionSums.parts(layer)).isEqualTo(4);
    requireUnrolled(
        layer, 1e-12, noise(5, 2, 4, 61, 47)); // 5,829 places with the zeros between: 4 parts
  }

  private static void requireUnrolled(Convolution layer, double tolerance, INDArray... batches) {
    for (boolean covariance : new boolean[] {false, true}) {
      LayerMoments direct = LayerMoments.of(layer, covariance);
      LayerMoments unrolled = LayerMoments.of(layer, covariance);
      for (INDArray input : batches) {
        direct.addBatch(input, layer.forward(input));
        unrolled.addSamples(layer.patches(input));
      }
      compare(direct, unrolled, tolerance);
    }
  }

  @ParameterizedTest
  @MethodSource("windows")
  void float32IsSummedInFloat64(Window window) {
    Convolution layer = convolution(window, DataType.FLOAT);
    requireUnrolled(layer, 1e-6, noise(5, 7, 4, 8, 9).castTo(DataType.FLOAT));
  }

  /** E[x | y &lt;= 0] is made of E[x] - E[x i], which lose all digits that they share. */
  @Test
  void whatSeldomHappensIsAsPreciseAsWhatOftenDoes() {
    INDArray weights = noise(1, 5, 4, 3, 3).castTo(DataType.FLOAT);
    for (double bias : new double[] {-16, 16}) {
      INDArray all = Nd4j.valueArrayOf(new long[] {5}, bias).castTo(DataType.FLOAT);
      Convolution layer = new Convolution(weights, all, Window.square(3).pad(1));
      LayerMoments direct = LayerMoments.of(layer, false);
      LayerMoments unrolled = LayerMoments.of(layer, false);
      for (long seed = 5; seed < 7; seed++) {
        INDArray input = noise(seed, 40, 4, 28, 28).castTo(DataType.FLOAT);
        direct.addBatch(input, layer.forward(input));
        unrolled.addSamples(layer.patches(input));
      }
      boolean open = bias > 0;
      for (int j = 0; j < 5; j++) {
        double active = unrolled.active().getDouble(j);
        assertThat(open ? 1 - active : active).isBetween(1e-5, .1);
        INDArray expected = rare(unrolled, open).getRow(j);
        assertThat(Shared.distance(rare(direct, open).getRow(j), expected)).isLessThan(2e-7);
      }
    }
  }

  private static INDArray rare(LayerMoments moments, boolean open) {
    INDArray active = moments.meanXActive();
    return open ? active.rsubi(0).addiRowVector(moments.meanX()) : active;
  }

  @ParameterizedTest
  @MethodSource("windows")
  void groupsHaveTheMomentsOfConvolutionsOfTheirOwn(Window window) {
    for (int groups : new int[] {2, 4}) {
      Convolution layer = grouped(window, groups);
      LayerMoments whole = LayerMoments.of(layer, true);
      LayerMoments rows = LayerMoments.of(layer, true);
      List<LayerMoments> alone =
          IntStream.range(0, groups).mapToObj(g -> LayerMoments.of(layer.group(g), true)).toList();
      for (long seed = 5; seed < 7; seed++) {
        INDArray input = noise(seed, 3, 4, 8, 9);
        INDArray output = layer.forward(input);
        whole.addBatch(input, output);
        rows.addSamples(layer.patches(input));
        for (int g = 0; g < groups; g++) {
          alone.get(g).addBatch(share(input, g, groups), share(output, g, groups));
        }
      }
      for (int g = 0; g < groups; g++) {
        compare(whole.group(g), alone.get(g), 0);
        compare(rows.group(g), alone.get(g), 1e-12);
        assertThat(whole.group(g).timesSigma(whole.group(g).weights()))
            .isEqualTo(alone.get(g).timesSigma(alone.get(g).weights()));
      }
      assertThat(whole.meanXPositive()).isEqualTo(joined(alone, LayerMoments::meanXPositive));
      assertThat(whole.active()).isEqualTo(joined(alone, LayerMoments::active));
      assertThatThrownBy(whole::meanX).hasMessageContaining("groups");
      assertThatThrownBy(whole::sigma).hasMessageContaining("groups");
      whole.close();
    }
  }

  @Test
  void momentsOfGroupsAreMergedSavedAndLoaded(@TempDir Path folder) throws IOException {
    Convolution layer = grouped(Window.square(3).pad(1), 2);
    LayerMoments both = merged(part(layer, 1), part(layer, 2));
    LayerMoments whole = part(layer, 1);
    whole.addBatch(noise(2, 3, 4, 8, 9), layer.forward(noise(2, 3, 4, 8, 9)));
    both.save(folder.resolve("groups.npz"));
    LayerMoments loaded = LayerMoments.load(folder.resolve("groups.npz"), layer);
    for (int g = 0; g < 2; g++) {
      compare(both.group(g), whole.group(g), 1e-14);
      compare(loaded.group(g), both.group(g), 0);
    }
    loaded.addBatch(noise(3, 3, 4, 8, 9), layer.forward(noise(3, 3, 4, 8, 9)));
    both.addBatch(noise(3, 3, 4, 8, 9), layer.forward(noise(3, 3, 4, 8, 9)));
    compare(loaded.group(1), both.group(1), 0);
  }

  private static Convolution grouped(Window window, int groups) {
    INDArray weights = noise(1, 8, 4 / groups, window.height(), window.width());
    return new Convolution(weights, noise(2, 8), window, groups);
  }

  private static INDArray share(INDArray images, int part, int of) {
    long each = images.size(1) / of;
    return new ChannelSlice(part * each, (part + 1) * each).forward(images);
  }

  private static INDArray joined(
      List<LayerMoments> groups, Function<LayerMoments, INDArray> numbers) {
    return Nd4j.concat(0, groups.stream().map(numbers).toArray(INDArray[]::new));
  }

  @Test
  void mergingIsAssociative() {
    Convolution layer = convolution(Window.square(3).pad(1), DataType.DOUBLE);
    LayerMoments left = merged(merged(part(layer, 1), part(layer, 2)), part(layer, 3));
    LayerMoments right = merged(part(layer, 1), merged(part(layer, 2), part(layer, 3)));
    LayerMoments whole = part(layer, 1);
    whole.addBatch(noise(2, 3, 4, 8, 9), layer.forward(noise(2, 3, 4, 8, 9)));
    whole.addBatch(noise(3, 3, 4, 8, 9), layer.forward(noise(3, 3, 4, 8, 9)));
    compare(left, right, 1e-14);
    compare(left, whole, 1e-14);
  }

  @Test
  void whatIsSavedIsLoadedToTheLastBit(@TempDir Path folder) throws IOException {
    Convolution layer = convolution(Window.square(3).pad(1), DataType.FLOAT);
    LayerMoments saved = part(layer, 1);
    Path file = folder.resolve("conv.npz");
    saved.save(file);
    LayerMoments loaded = LayerMoments.load(file, layer);
    compare(loaded, saved, 0);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
    assertThatThrownBy(() -> LayerMoments.load(file, new Dense(noise(1, 2, 3), noise(2, 2))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("conv.npz");
  }

  @Test
  void aDamagedFileIsNoticed(@TempDir Path folder) throws IOException {
    Convolution layer = convolution(Window.square(3).pad(1), DataType.FLOAT);
    Path file = folder.resolve("conv.npz");
    part(layer, 1).save(file);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> LayerMoments.load(file, layer))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("conv.npz");
  }

  @Test
  void sigmaCanBeTakenSoThatOneCopyIsEnough(@TempDir Path folder) throws IOException {
    Convolution layer = convolution(Window.square(3).pad(1), DataType.DOUBLE);
    LayerMoments moments = part(layer, 1);
    Path file = folder.resolve("conv.npz");
    moments.save(file);
    LayerMoments loaded = LayerMoments.load(file, layer);
    assertThat(loaded.takeSigma()).isEqualTo(moments.sigma());
    assertThat(loaded.hasCovariance()).isFalse();
    assertThatThrownBy(loaded::sigma).isInstanceOf(IllegalStateException.class);
    assertThat(loaded.meanXPositive()).isEqualTo(moments.meanXPositive());
    assertThat(loaded.meanXActive()).isEqualTo(moments.meanXActive());
  }

  @Test
  @Tag("slow")
  void momentsAboveTwoGibibytesAreWrittenAndRead(@TempDir Path folder) throws IOException {
    int d = 16_800; // 8 d^2 = 2.26e9 bytes
    Dense layer = new Dense(noise(1, 1, d), noise(2, 1));
    Path file = folder.resolve("wide.npz");
    INDArray samples = noise(3, 2, d);
    LayerMoments moments = LayerMoments.of(layer, true);
    moments.addSamples(samples);
    moments.save(file);
    moments.close();
    assertThat(Files.size(file)).isGreaterThan(1L << 31);
    try (INDArray sigma = LayerMoments.load(file, layer).takeSigma()) {
      for (int[] place : new int[][] {{0, 0}, {1, d - 1}, {d - 1, 1}, {d - 1, d - 1}}) {
        // Of two samples the covariance is the product of half their differences.
        double row = (samples.getDouble(0, place[0]) - samples.getDouble(1, place[0])) / 2;
        double column = (samples.getDouble(0, place[1]) - samples.getDouble(1, place[1])) / 2;
        assertThat(sigma.getDouble(place[0], place[1]))
            .isCloseTo(row * column, Offset.offset(1e-12));
      }
    }
  }

  private static LayerMoments part(LinearLayer layer, long seed) {
    LayerMoments moments = LayerMoments.of(layer, true);
    INDArray input = noise(seed, 3, 4, 8, 9).castTo(layer.weights().dataType());
    moments.addBatch(input, layer.forward(input));
    return moments;
  }

  private static LayerMoments merged(LayerMoments into, LayerMoments other) {
    into.merge(other);
    return into;
  }

  private static void compare(LayerMoments actual, LayerMoments expected, double tolerance) {
    assertThat(actual.count()).isEqualTo(expected.count());
    INDArray[][] pairs = {
      {actual.meanX(), expected.meanX()},
      {actual.meanPositive(), expected.meanPositive()},
      {actual.meanNegative(), expected.meanNegative()},
      {actual.active(), expected.active()},
      {actual.meanPositiveSquare(), expected.meanPositiveSquare()},
      {actual.meanNegativeSquare(), expected.meanNegativeSquare()},
      {actual.meanXPositive(), expected.meanXPositive()},
      {actual.meanXNegative(), expected.meanXNegative()},
      {actual.meanXActive(), expected.meanXActive()}
    };
    for (INDArray[] pair : pairs) {
      assertThat(Shared.distance(pair[0], pair[1])).isLessThanOrEqualTo(tolerance);
    }
    if (expected.hasCovariance()) {
      assertThat(Shared.distance(actual.sigma(), expected.sigma())).isLessThanOrEqualTo(tolerance);
    }
  }

  private static Convolution convolution(Window window, DataType type) {
    INDArray weights = noise(1, 5, 4, window.height(), window.width());
    return new Convolution(weights.castTo(type), noise(2, 5).castTo(type), window);
  }

  private static INDArray noise(long seed, long... shape) {
    SplittableRandom random = new SplittableRandom(seed);
    int length = (int) Arrays.stream(shape).reduce(1, Math::multiplyExact);
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextGaussian() + 0.3;
    }
    return Nd4j.createFromArray(values).reshape(shape);
  }
}
