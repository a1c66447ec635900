package org.explain4j.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.explain4j.network.arrays.Elements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class LayerTest {
  private static final SplittableRandom RANDOM = new SplittableRandom(7);

  static Stream<Arguments> layers() {
    List<Arguments> rows = new ArrayList<>();
    for (Window window : windows()) {
      rows.add(row("conv " + window, convolution(5, 3, window), 3, 11, 9));
      rows.add(row("conv of more channels " + window, convolution(5, 9, window), 9, 11, 9));
      rows.add(row("conv of groups " + window, convolution(6, 2, window, 3), 6, 11, 9));
      rows.add(row("depthwise " + window, convolution(5, 1, window, 5), 5, 11, 9));
      rows.add(row("depthwise, two each " + window, convolution(6, 1, window, 3), 3, 11, 9));
      if (window.top() <= window.height() / 2 && window.left() <= window.width() / 2) {
        rows.add(row("max " + window, new MaxPool(window), 3, 11, 9));
        rows.add(row("average " + window, new AveragePool(window), 3, 11, 9));
        rows.add(
            row("average, own pixels " + window, new AveragePool(window, false, false), 3, 11, 9));
      }
    }
    rows.add(row("ceil max", new MaxPool(Window.square(3).stride(2), true), 2, 8, 7));
    rows.add(row("ceil average", new AveragePool(Window.square(3).stride(2), true, true), 2, 8, 7));
    rows.add(row("dense", new Dense(random(4, 6), random(4)), 6));
    rows.add(row("relu", Activation.RELU, 3, 4, 5));
    rows.add(row("flatten", new Flatten(), 3, 4, 5));
    rows.add(row("reshape", new Reshape(List.of(5L, 2L, 6L)), 3, 4, 5));
    rows.add(row("permute", new Permute(List.of(1, 2, 0)), 3, 4, 5));
    rows.add(row("crop", new Crop(0, 1, 1, 2), 3, 4, 5));
    rows.add(row("add", new Add(), 3, 4, 5));
    rows.add(row("concat", new Concat(), 3, 4, 5));
    rows.addAll(beyondRelu());
    return rows.stream();
  }

  private static List<Arguments> beyondRelu() {
    List<Arguments> rows = new ArrayList<>();
    for (ActivationFunction function : ActivationFunction.values()) {
      double[] settings =
          function == ActivationFunction.THRESHOLDED_RELU ? new double[] {.2} : new double[0];
      rows.add(row(function.id(), Activation.of(function, settings), 3, 4, 5));
    }
    rows.add(row("prelu", Activation.prelu(.1, -.2, 3), 3, 4, 5));
    rows.add(row("prelu of a vector", Activation.prelu(.1, -.2, 3), 3));
    rows.add(row("prelu of each entry", Activation.prelu(RANDOM.doubles(12).toArray()), 3, 2, 2));
    rows.add(row("product", new Product(), 3, 4, 5));
    rows.add(
        row("sum pooling", AveragePool.sum(Window.of(3, 2).stride(2, 1).pad(1), true), 3, 7, 5));
    rows.add(row("L2 pooling", new NormPool(Window.of(3, 2).pad(1), false, 2), 3, 7, 5));
    rows.add(row("L3 pooling", new NormPool(Window.square(2).stride(2), true, 3), 3, 7, 5));
    rows.add(row("zero stuffing", new ZeroStuff(3, 2), 3, 4, 5));
    rows.add(row("zero stuffing of a pixel", new ZeroStuff(3, 2), 3, 1, 1));
    rows.add(row("layer normalisation", Normalisation.layer(1e-5), 3, 4, 5));
    rows.add(row("normalisation of a vector", Normalisation.layer(1e-5), 7));
    for (Normalisation.Statistics statistics :
        List.of(
            new Normalisation.Groups(3, 1e-3),
            new Normalisation.Groups(6, 1e-3),
            new Normalisation.Channels(1e-6),
            new Normalisation.Neighbours(3, .5, .75, 1),
            new Normalisation.Neighbours(4, 2, .5, 2),
            new Normalisation.Neighbours(9, 1e-4, .75, 1))) {
      rows.add(row(statistics.toString(), new Normalisation(statistics), 6, 4, 3));
    }
    for (Resize.Mode mode : Resize.Mode.values()) {
      for (Resize.Coordinates coordinates : Resize.Coordinates.values()) {
        List<Long> shape = List.of(2L, 4L, 5L);
        rows.add(row(mode + " " + coordinates, Resize.to(shape, 7, 3, mode, coordinates), 2, 4, 5));
      }
    }
    return rows;
  }

  static List<Window> windows() {
    return List.of(
        Window.square(1),
        Window.square(3).pad(1),
        Window.square(2).stride(2),
        Window.square(3).stride(2),
        Window.square(3).stride(2).pad(1),
        Window.of(3, 2).stride(2, 3),
        Window.square(3).pad(0, 1, 2, 1),
        Window.square(3).stride(2).pad(1, 0, 0, 1),
        Window.square(3).dilation(2, 2).pad(2),
        Window.of(2, 3).dilation(3, 2).stride(2),
        Window.of(1, 3).dilation(2, 2),
        Window.square(1).dilation(2, 2));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void backwardEqualsCentralDifferences(String name, Layer layer, long[] shape) {
    List<INDArray> inputs = inputs(layer, shape);
    INDArray output = layer.forward(inputs);
    INDArray gradient = random(output.shape());
    List<INDArray> backward = layer.backward(inputs, output, gradient);

    for (int i = 0; i < inputs.size(); i++) {
      INDArray direction = random(inputs.get(i).shape());
      double step = 1e-6;
      double up = along(layer, inputs, i, direction, step).mul(gradient).sumNumber().doubleValue();
      double down =
          along(layer, inputs, i, direction, -step).mul(gradient).sumNumber().doubleValue();
      double expected = (up - down) / (2 * step);
      double actual = backward.get(i).mul(direction).sumNumber().doubleValue();
      assertThat(actual).isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void outputHasTheAnnouncedShapeAndInputsAreLeftAlone(String name, Layer layer, long[] shape) {
    List<INDArray> inputs = inputs(layer, shape);
    List<INDArray> copies = inputs.stream().map(INDArray::dup).toList();
    INDArray output = layer.forward(inputs);
    List<List<Long>> shapes = inputs.stream().map(Shapes::example).toList();
    assertThat(Shapes.example(output)).isEqualTo(layer.outputShape(shapes));
    layer.backward(inputs, output, random(output.shape()));
    assertThat(inputs).isEqualTo(copies);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void float32AgreesWithFloat64(String name, Layer layer, long[] shape) {
    List<INDArray> inputs = inputs(layer, shape);
    Layer single = layer instanceof LinearLayer l ? l.cast(DataType.FLOAT) : layer;
    List<INDArray> singles = inputs.stream().map(i -> i.castTo(DataType.FLOAT)).toList();
    INDArray exact = layer.forward(inputs);
    INDArray rounded = single.forward(singles);
    assertThat(rounded.dataType()).isEqualTo(DataType.FLOAT);
    assertThat(exact.distance2(rounded.castTo(DataType.DOUBLE)))
        .isLessThan(1e-5 * exact.norm2Number().doubleValue());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void backwardInFloat32AgreesWithFloat64(String name, Layer layer, long[] shape) {
    List<INDArray> singles =
        inputs(layer, shape).stream().map(i -> i.castTo(DataType.FLOAT)).toList();
    List<INDArray> inputs = singles.stream().map(i -> i.castTo(DataType.DOUBLE)).toList();
    Layer single = layer instanceof LinearLayer l ? l.cast(DataType.FLOAT) : layer;
    INDArray output = layer.forward(inputs);
    INDArray gradient = random(output.shape()).castTo(DataType.FLOAT);
    List<INDArray> exact = layer.backward(inputs, output, gradient.castTo(DataType.DOUBLE));
    List<INDArray> rounded = single.backward(singles, single.forward(singles), gradient);
    for (int i = 0; i < exact.size(); i++) {
      assertThat(exact.get(i).distance2(rounded.get(i).castTo(DataType.DOUBLE)))
          .isLessThan(1e-5 * exact.get(i).norm2Number().doubleValue());
    }
  }

  @Test
  void onlyPositiveMessagesPassWhereTheGateIsPositive() {
    float[] message = {1, -2, 3, -4, 0, 5, Float.MIN_VALUE};
    float[] gate = {2, 2, -1, -1, 1, -0f, Float.MIN_VALUE};
    for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
      INDArray passed =
          Elements.positive(
              Nd4j.create(message, new long[] {1, 7}, 'c').castTo(type),
              Nd4j.create(gate, new long[] {1, 7}, 'c').castTo(type));
      assertThat(passed.castTo(DataType.FLOAT).data().asFloat())
          .containsExactly(1, 0, 0, 0, 0, 0, Float.MIN_VALUE);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void linearLayersAgreeWithTheirPatches(String name, Layer layer, long[] shape) {
    if (!(layer instanceof LinearLayer linear)) {
      return;
    }
    INDArray input = random(withBatch(shape));
    INDArray output = linear.forward(input);
    INDArray gradient = random(output.shape());
    INDArray patches = linear.patches(input);
    INDArray weights = asMatrix(linear);

    INDArray rows = patches.mmul(weights.transpose()).addRowVector(linear.bias());
    assertThat(rows.distance2(asRows(output))).isLessThan(1e-10);
    INDArray weightGradient = asRows(gradient).transpose().mmul(patches);
    INDArray own = asMatrix(linear.with(Nd4j.onesLike(linear.weights())));
    INDArray actual = asMatrix(linear.with(linear.weightGradient(input, gradient)));
    assertThat(actual.distance2(weightGradient.mul(own))).isLessThan(1e-9);
  }

  /** The weights as {@code [k,gd]}, with zeros for the inputs of other groups. */
  private static INDArray asMatrix(LinearLayer layer) {
    long k = layer.neurons();
    long d = layer.fanIn();
    INDArray rows = layer.weights().dup('c').reshape('c', k, d);
    INDArray matrix = Nd4j.zeros(DataType.DOUBLE, k, layer.sampleSize());
    for (long j = 0; j < k; j++) {
      long group = j / (k / layer.groups());
      for (long i = 0; i < d; i++) {
        matrix.putScalar(j, group * d + i, rows.getDouble(j, i));
      }
    }
    return matrix;
  }

  @Test
  void maxPoolingSendsTheGradientToTheFirstOfTies() {
    INDArray input = Nd4j.ones(DataType.FLOAT, 1, 1, 2, 2);
    MaxPool pool = new MaxPool(Window.square(2).stride(2));
    INDArray output = pool.forward(input);
    INDArray gradient = pool.backward(input, output, Nd4j.ones(DataType.FLOAT, 1, 1, 1, 1));
    assertThat(gradient.data().asFloat()).containsExactly(1, 0, 0, 0);
  }

  /** Small integers, so that most windows have ties, between 0 and -0 too. */
  @Test
  void poolingOfQuartersSendsTheGradientToTheFirstOfTiesToo() {
    SplittableRandom random = new SplittableRandom(5);
    float[] values = new float[3 * 2 * 7 * 9];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(-2, 2) * (random.nextBoolean() ? 1f : -0.5f);
    }
    INDArray narrow = Nd4j.create(values, new long[] {3, 2, 7, 9}, 'c');
    INDArray wide = narrow.castTo(DataType.DOUBLE);
    MaxPool pool = new MaxPool(Window.square(2).stride(2));
    INDArray message = random(3, 2, 3, 4);
    INDArray expected = pool.backward(wide, pool.forward(wide), message.castTo(DataType.DOUBLE));
    INDArray found = pool.backward(narrow, pool.forward(narrow), message.castTo(DataType.FLOAT));
    assertThat(found.data().asFloat())
        .containsExactly(expected.castTo(DataType.FLOAT).data().asFloat());
  }

  @Test
  void ceilModeAveragesThePixelsThatExist() {
    INDArray input = Nd4j.ones(DataType.FLOAT, 1, 1, 4, 4);
    AveragePool pool = new AveragePool(Window.square(3).stride(2), true, true);
    assertThat(pool.forward(input).data().asFloat()).containsExactly(1, 1, 1, 1);
  }

  private static INDArray asRows(INDArray images) {
    if (images.rank() == 2) {
      return images;
    }
    return images.permute(0, 2, 3, 1).dup('c').reshape('c', -1, images.size(1));
  }

  private static INDArray along(
      Layer layer, List<INDArray> inputs, int which, INDArray direction, double step) {
    List<INDArray> moved = new ArrayList<>(inputs);
    moved.set(which, inputs.get(which).add(direction.mul(step)));
    return layer.forward(moved);
  }

  private static List<INDArray> inputs(Layer layer, long[] shape) {
    int count = layer instanceof UnaryLayer ? 1 : layer instanceof Product ? 2 : 3;
    List<INDArray> inputs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      inputs.add(random(withBatch(shape)));
    }
    return inputs;
  }

  private static long[] withBatch(long[] shape) {
    return Shapes.withBatch(2, Arrays.stream(shape).boxed().toList());
  }

  private static Convolution convolution(int out, int in, Window window) {
    return convolution(out, in, window, 1);
  }

  static Convolution convolution(int out, int in, Window window, int groups) {
    INDArray weights = random(out, in, window.height(), window.width());
    return new Convolution(weights, random(out), window, groups);
  }

  static INDArray random(long... shape) {
    double[] values =
        RANDOM.doubles(Arrays.stream(shape).reduce(1, (a, b) -> a * b), -1, 1).toArray();
    return Nd4j.createFromArray(values).reshape('c', shape);
  }

  private static Arguments row(String name, Layer layer, long... shape) {
    return Arguments.of(name, layer, shape);
  }
}
