package org.explain4j.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.explain4j.network.arrays.Batches;
import org.explain4j.network.compilation.CompiledPropagation;
import org.explain4j.network.onednn.OneDnn;
import org.explain4j.network.propagation.Composite;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Compiled passes against the layers one by one in float64. */
class CompiledNetworkTest {
  private final SplittableRandom random = new SplittableRandom(1);

  private INDArray normal(double scale, long... shape) {
    return RandomNetwork.normal(random, scale, shape);
  }

  private Convolution convolution(long k, long c, Window window) {
    return new Convolution(
        normal(
            1 / Math.sqrt((double) c * window.height() * window.width()),
            k,
            c,
            window.height(),
            window.width()),
        normal(.1, k),
        window);
  }

  private Dense dense(long k, long d) {
    return new Dense(normal(1 / Math.sqrt((double) d), k, d), normal(.1, k));
  }

  private Network vgg() {
    List<Node> nodes = new ArrayList<>();
    String last = Network.INPUT;
    Object[] layers = {
      "conv1",
      convolution(16, 1, Window.square(3).pad(1)),
      "relu1",
      Activation.RELU,
      "conv2",
      convolution(16, 16, Window.square(3).pad(1)),
      "relu2",
      Activation.RELU,
      "pool1",
      new MaxPool(Window.square(2).stride(2)),
      "conv3",
      convolution(32, 16, Window.square(3).pad(1)),
      "relu3",
      Activation.RELU,
      "pool2",
      new MaxPool(Window.square(2).stride(2)),
      "flat",
      new Flatten(),
      "fc1",
      dense(64, 32 * 49),
      "relu4",
      Activation.RELU,
      "fc2",
      dense(10, 64)
    };
    for (int i = 0; i < layers.length; i += 2) {
      nodes.add(new Node((String) layers[i], (Layer) layers[i + 1], List.of(last)));
      last = (String) layers[i];
    }
    return new Network(List.of(1L, 28L, 28L), nodes);
  }

  private Network graph() {
    return new Network(
        List.of(3L, 13L, 11L),
        List.of(
            new Node("pad", new ZeroPad(1, 0, 2, 1), List.of(Network.INPUT)),
            new Node(
                "a", convolution(32, 3, new Window(3, 3, 2, 2, 1, 0, 1, 1, 1, 1)), List.of("pad")),
            new Node("ra", Activation.RELU, List.of("a")),
            new Node("b", convolution(16, 32, Window.square(1)), List.of("ra")),
            new Node("rb", Activation.RELU, List.of("b")),
            new Node("c", convolution(32, 32, Window.square(3).pad(1)), List.of("ra")),
            new Node("rc", Activation.RELU, List.of("c")),
            new Node("cat", new Concat(), List.of("rb", "rc")),
            new Node("slice", new ChannelSlice(5, 37), List.of("cat")),
            new Node("affine", new Affine(normal(1, 32), normal(1, 32)), List.of("slice")),
            new Node("add", new Add(), List.of("affine", "rc", "ra")),
            new Node(
                "d", convolution(7, 32, Window.square(3).pad(2).dilation(2, 2)), List.of("add")),
            new Node("odd", new Concat(), List.of("d", "rb")),
            new Node("pool", new MaxPool(Window.square(3).stride(2), true), List.of("odd")),
            new Node(
                "mean", new AveragePool(Window.square(2).pad(1), false, false), List.of("pool")),
            new Node("flat", new Flatten(true), List.of("mean")),
            new Node("fc", dense(5, 23 * 20), List.of("flat"))));
  }

  private static double error(INDArray found, INDArray right) {
    double scale = right.norm2Number().doubleValue();
    double difference = found.castTo(DataType.DOUBLE).sub(right).norm2Number().doubleValue();
    return scale == 0 ? difference : difference / scale;
  }

  /** Arrays of ND4J are equal to others that are near. */
  private static float[] numbers(INDArray array) {
    return array.dup('c').data().asFloat();
  }

  /** Compiled; layer by layer where a mean counts some of its padding only. */
  private static INDArray gradient(Network network, INDArray inputs, int[] classes) {
    Optional<CompiledPropagation> program = Composite.gradient().compiled(network, false);
    boolean dense = network.nodes().get(0).layer() instanceof Dense; // as fast layer by layer
    boolean compilable =
        network.nodes().stream()
            .noneMatch(n -> n.layer() instanceof NormPool || n.layer() instanceof AveragePool);
    assertThat(program.isPresent() || dense || !compilable).isTrue();
    return program
        .map(compiled -> compiled.run(inputs, classes))
        .orElseGet(
            () ->
                Composite.gradient()
                    .backward(network, network.forward(inputs), start(network, classes)));
  }

  private static INDArray start(Network network, int[] classes) {
    INDArray start = Nd4j.zeros(network.dataType(), classes.length, network.classes());
    for (int i = 0; i < classes.length; i++) {
      start.putScalar(i, classes[i], 1);
    }
    return start;
  }

  /** Against float64, and each example alone against the batch, bit by bit. */
  private void agrees(Network network, int n) {
    INDArray inputs = normal(1, Shapes.withBatch(n, network.inputShape()));
    INDArray untouched = inputs.dup();
    Network exact = network.cast(DataType.DOUBLE);
    int[] classes = exact.predict(inputs);
    INDArray logits = network.logits(inputs);
    Activations layerByLayer = network.forward(inputs);
    INDArray exactLogits = exact.logits(inputs);
    // Sums of both signs cost float32 digits, whoever computes them.
    double cost = error(layerByLayer.logits(), exactLogits);
    assertThat(error(logits, exactLogits)).isLessThan(2e-6 + 3 * cost);
    INDArray right =
        Composite.gradient().backward(exact, exact.forward(inputs), start(exact, classes));
    INDArray found = gradient(network, inputs, classes);
    INDArray plain = Composite.gradient().backward(network, layerByLayer, start(network, classes));
    assertThat(error(found, right)).isLessThan(1e-5 + 3 * error(plain, right));
    assertThat(numbers(inputs)).isEqualTo(numbers(untouched));
    for (int i = 0; i < n; i++) {
      INDArray one = Batches.slice(inputs, i, i + 1);
      assertThat(numbers(network.logits(one))).isEqualTo(numbers(Batches.slice(logits, i, i + 1)));
      assertThat(numbers(gradient(network, one, new int[] {classes[i]})))
          .isEqualTo(numbers(Batches.slice(found, i, i + 1)));
    }
  }

  /** As of random network 5133: float32 sums of many numbers that are alike lost digits. */
  @Test
  void aMeanOverALargeImageKeepsItsDigits() {
    LinkedHashMap<String, Layer> layers = new LinkedHashMap<>();
    layers.put("stuffed", new ZeroStuff(1, 2));
    layers.put("level", new Affine(normal(1e-3, 16), normal(4, 16)));
    layers.put("mean", new AveragePool(Window.of(24, 61)));
    layers.put("flatten", new Flatten());
    layers.put("fc", dense(5, 16));
    agrees(Network.chain(List.of(16L, 24L, 31L), layers), 3);
  }

  @Test
  void aChainAgrees() {
    agrees(vgg(), 7);
  }

  @Test
  void aGraphAgrees() {
    agrees(graph(), 5);
  }

  @Test
  void layersWithManyWeightsAgree() {
    Network convolutions =
        Network.chain(
            List.of(3L, 16L, 16L),
            layers(
                convolution(16, 3, Window.square(3).pad(1)),
                Activation.RELU,
                new Flatten(),
                dense(1024, 16 * 256),
                Activation.RELU,
                dense(5, 1024)));
    agrees(convolutions, 9);
    agrees(
        Network.chain(List.of(4096L), layers(dense(1024, 4096), Activation.RELU, dense(5, 1024))),
        9);
  }

  @SuppressWarnings("NonApiType")
  private static LinkedHashMap<String, Layer> layers(Layer... layers) {
    LinkedHashMap<String, Layer> named = new LinkedHashMap<>();
    for (Layer layer : layers) {
      named.put("layer" + named.size(), layer);
    }
    return named;
  }

  @Test
  void winogradAgreesWithinItsRounding() {
    Network exact = vgg();
    Network fast = exact.with(Precision.FAST);
    INDArray inputs = normal(1, 4, 1, 28, 28);
    assertThat(error(fast.logits(inputs), exact.cast(DataType.DOUBLE).logits(inputs)))
        .isLessThan(2e-5);
  }

  /** Without rectifiers, whose gates rounding moves. */
  @Test
  void winogradAgreesOnTheWayBack() {
    for (Window window :
        List.of(
            Window.square(3).pad(1),
            Window.square(3),
            Window.square(3).pad(2, 0, 1, 2),
            Window.square(3).pad(3))) {
      LinkedHashMap<String, Layer> layers = new LinkedHashMap<>();
      layers.put("a", convolution(24, 16, window));
      layers.put("b", convolution(40, 24, Window.square(3).pad(1)));
      layers.put("mean", new AveragePool(Window.square(4).stride(4)));
      layers.put("flatten", new Flatten());
      Network open = Network.chain(List.of(16L, 25L, 28L), layers);
      long features = open.classes();
      layers.put("fc", dense(5, features));
      Network exact = Network.chain(List.of(16L, 25L, 28L), layers);
      Network fast = exact.with(Precision.FAST);
      INDArray inputs = normal(1, 3, 16, 25, 28);
      int[] classes = {0, 1, 4};
      Network wide = exact.cast(DataType.DOUBLE);
      INDArray right =
          Composite.gradient().backward(wide, wide.forward(inputs), start(wide, classes));
      INDArray found = gradient(fast, inputs, classes);
      assertThat(error(found, right)).isLessThan(1e-5);
      if (OneDnn.hasAvx512()) {
        assertThat(numbers(found)).isNotEqualTo(numbers(gradient(exact, inputs, classes)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void randomNetworksAgree(long seed) {
    agrees(RandomNetwork.of(seed), 3);
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 200);
  }

  @Tag("exhaustive")
  @ParameterizedTest
  @MethodSource("manySeeds")
  void manyRandomNetworksAgree(long seed) {
    agrees(RandomNetwork.of(seed), 3);
  }

  static LongStream manySeeds() {
    return LongStream.rangeClosed(201, 10_000);
  }
}
