package org.explain4j.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import org.explain4j.network.Activation;
import org.explain4j.network.ActivationFunction;
import org.explain4j.network.Add;
import org.explain4j.network.Affine;
import org.explain4j.network.AveragePool;
import org.explain4j.network.ChannelSlice;
import org.explain4j.network.Classifier;
import org.explain4j.network.Concat;
import org.explain4j.network.Convolution;
import org.explain4j.network.Dense;
import org.explain4j.network.Flatten;
import org.explain4j.network.Layer;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.MaxPool;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.NormPool;
import org.explain4j.network.Normalisation;
import org.explain4j.network.Normalisation.Channels;
import org.explain4j.network.Normalisation.Groups;
import org.explain4j.network.Normalisation.Neighbours;
import org.explain4j.network.Product;
import org.explain4j.network.Resize;
import org.explain4j.network.Resize.Coordinates;
import org.explain4j.network.Resize.Mode;
import org.explain4j.network.Window;
import org.explain4j.network.ZeroStuff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Small networks with random float64 weights. */
public final class Networks {
  private Networks() {}

  /** Convolution with padding and stride, max-pooling, dense. */
  public static Network convolutional() {
    LinkedHashMap<String, Layer> layers = new LinkedHashMap<>();
    layers.put("conv1", convolution(4, 2, 3, Window.square(3).pad(1), 1));
    layers.put("relu1", Activation.RELU);
    layers.put("pool", new MaxPool(Window.square(2).stride(2)));
    layers.put("conv2", convolution(5, 4, 3, Window.square(3).pad(1).stride(2), 2));
    layers.put("relu2", Activation.RELU);
    layers.put("flatten", new Flatten());
    layers.put("fc", dense(3, 20, 4));
    return Network.chain(List.of(2L, 8L, 8L), layers);
  }

  /** Convolutions with as many neurons as channels lie beside each other on AVX-512, and twice. */
  public static Network blocked() {
    LinkedHashMap<String, Layer> layers = new LinkedHashMap<>();
    layers.put("conv1", convolution(16, 2, 3, Window.square(3).pad(1), 1));
    layers.put("relu1", Activation.RELU);
    layers.put("conv2", convolution(32, 16, 3, Window.square(3).pad(1).stride(2), 2));
    layers.put("relu2", Activation.RELU);
    layers.put("conv3", convolution(16, 32, 1, Window.square(1), 3));
    layers.put("flatten", new Flatten());
    layers.put("fc", dense(3, 256, 4));
    return Network.chain(List.of(2L, 8L, 8L), layers);
  }

  /** Three dense layers on vectors. */
  public static Network perceptron() {
    LinkedHashMap<String, Layer> layers = new LinkedHashMap<>();
    layers.put("fc1", dense(7, 6, 1));
    layers.put("relu1", Activation.RELU);
    layers.put("fc2", dense(5, 7, 2));
    layers.put("relu2", Activation.RELU);
    layers.put("fc3", dense(4, 5, 3));
    return Network.chain(List.of(6L), layers);
  }

  /**
   * A dense layer with so many weights (4 million) that a compiled network reads them once for
   * several examples.
   */
  public static Network wide() {
    LinkedHashMap<String, Layer> layers = new LinkedHashMap<>();
    layers.put("conv", convolution(4, 2, 3, Window.square(3).pad(1), 1));
    layers.put("relu1", Activation.RELU);
    layers.put("pool", new MaxPool(Window.square(2).stride(2)));
    layers.put("flatten", new Flatten());
    layers.put("fc1", dense(1 << 16, 64, 2));
    layers.put("relu2", Activation.RELU);
    layers.put("fc2", dense(3, 1 << 16, 3));
    return Network.chain(List.of(2L, 8L, 8L), layers);
  }

  /** A residual addition, a concatenation, average pooling to one pixel. */
  public static Network graph() {
    Window same = Window.square(3).pad(1);
    return new Network(
        List.of(2L, 8L, 8L),
        List.of(
            new Node("stem", convolution(4, 2, 3, same, 1), List.of(Network.INPUT)),
            new Node("relu1", Activation.RELU, List.of("stem")),
            new Node("branch", convolution(4, 4, 3, same, 2), List.of("relu1")),
            new Node("sum", new Add(), List.of("branch", "relu1")),
            new Node("relu2", Activation.RELU, List.of("sum")),
            new Node("left", convolution(3, 4, 1, Window.square(1), 3), List.of("relu2")),
            new Node("right", convolution(2, 4, 3, same, 4), List.of("relu2")),
            new Node("both", new Concat(), List.of("left", "right")),
            new Node("relu3", Activation.RELU, List.of("both")),
            new Node("head", convolution(3, 5, 1, Window.square(1), 5), List.of("relu3")),
            new Node("mean", new AveragePool(Window.square(8)), List.of("head")),
            new Node("flatten", new Flatten(), List.of("mean"))));
  }

  /**
   * A gate for each channel, smooth activations, normalisations of every kind, resizing, norms and
   * sums over windows, a transposed convolution.
   */
  public static Network gated() {
    Window one = Window.square(1);
    Window half = Window.square(2).stride(2);
    List<Long> image = List.of(4L, 4L, 4L);
    return new Network(
        List.of(2L, 8L, 8L),
        List.of(
            node("stem", convolution(4, 2, 3, Window.square(3).pad(1), 1), Network.INPUT),
            node("swish", Activation.of(ActivationFunction.SILU), "stem"),
            node("squeezed", new AveragePool(Window.square(8)), "swish"),
            node("excited", convolution(4, 4, 1, one, 2), "squeezed"),
            node("gate", Activation.of(ActivationFunction.HARD_SIGMOID), "excited"),
            node("gated", new Product(), "swish", "gate"),
            node("response", new Normalisation(new Neighbours(3, 0.5, 0.75, 1)), "gated"),
            node("norms", new NormPool(half, false, 2), "response"),
            node("group", new Normalisation(new Groups(2, 1e-3)), "norms"),
            node("scaled", new Affine(normal(3, 4), normal(4, 4)), "group"),
            node("mixed", convolution(5, 4, 3, Window.square(3).pad(1), 5), "scaled"),
            node("slopes", Activation.prelu(0.1, 0.3, -0.1, 0.2, 0.5), "mixed"),
            node("positions", new Normalisation(new Channels(1e-3)), "slopes"),
            node("expanded", convolution(4, 5, 1, one, 6), "positions"),
            node("gelu", Activation.of(ActivationFunction.GELU), "expanded"),
            node("both", new Product(), "gelu", "norms"),
            node("sum", AveragePool.sum(half, false), "both"),
            node(
                "enlarged",
                Resize.to(List.of(4L, 2L, 2L), 4, 4, Mode.LINEAR, Coordinates.HALF_PIXEL),
                "sum"),
            node("small", Resize.to(image, 2, 2, Mode.FLOOR, Coordinates.ASYMMETRIC), "both"),
            node("stuffed", new ZeroStuff(2, 2), "small"),
            node("up", convolution(4, 4, 2, Window.square(2).pad(1), 7), "stuffed"),
            node("clipped", Activation.of(ActivationFunction.CLIP), "up"),
            node("total", new Add(), "enlarged", "clipped"),
            node("flatten", new Flatten(), "total"),
            node("layer", Normalisation.layer(1e-3), "flatten"),
            node("fc", dense(3, 64, 8), "layer")));
  }

  /**
   * Convolutions of two groups and depthwise ones, with one filter for each channel and with two.
   */
  public static Network grouped() {
    Window same = Window.square(3).pad(1);
    LinkedHashMap<String, Layer> layers = new LinkedHashMap<>();
    layers.put("stem", convolution(4, 2, 3, same, 1));
    layers.put("relu1", Activation.RELU);
    layers.put("grouped", grouped(convolution(6, 2, 3, same, 2), 2));
    layers.put("relu2", Activation.RELU);
    layers.put("depthwise", grouped(convolution(6, 1, 3, same.stride(2), 3), 6));
    layers.put("relu3", Activation.RELU);
    layers.put("pointwise", convolution(3, 6, 1, Window.square(1), 4));
    layers.put("multiplied", grouped(convolution(6, 1, 2, Window.square(2), 5), 3));
    layers.put("relu4", Activation.RELU);
    layers.put("flatten", new Flatten());
    layers.put("fc", dense(3, 54, 6));
    return Network.chain(List.of(2L, 8L, 8L), layers);
  }

  private static Convolution grouped(Convolution layer, int groups) {
    return new Convolution(layer.weights(), layer.bias(), layer.window(), groups);
  }

  /**
   * The same network with each group a convolution of its own, {@code NAME.group0} and so on,
   * between a slice of the channels and a concatenation.
   */
  public static Network expanded(Network network) {
    List<Node> nodes = new ArrayList<>();
    for (Node node : network.nodes()) {
      if (!(node.layer() instanceof Convolution layer) || layer.groups() == 1) {
        nodes.add(node);
        continue;
      }
      List<String> parts = new ArrayList<>();
      long channels = layer.weights().size(1);
      for (int group = 0; group < layer.groups(); group++) {
        String name = node.name() + ".group" + group;
        ChannelSlice slice = new ChannelSlice(group * channels, (group + 1) * channels);
        nodes.add(new Node(name + ".slice", slice, node.inputs()));
        Convolution views = layer.group(group);
        Convolution part = views.with(views.weights().dup('c'), views.bias().dup('c'));
        nodes.add(new Node(name, part, List.of(name + ".slice")));
        parts.add(name);
      }
      nodes.add(new Node(node.name(), new Concat(), parts));
    }
    return new Network(network.inputShape(), nodes);
  }

  private static Node node(String name, Layer layer, String... inputs) {
    return new Node(name, layer, List.of(inputs));
  }

  /** The same network with all biases zero. */
  public static Network withoutBias(Network network) {
    return network.with(
        node ->
            node.layer() instanceof LinearLayer linear
                ? linear.with(linear.weights())
                : node.layer());
  }

  /** A batch of n inputs in [0,1]. */
  public static INDArray inputs(Classifier classifier, int n, long seed) {
    long[] shape = new long[classifier.inputShape().size() + 1];
    shape[0] = n;
    for (int i = 1; i < shape.length; i++) {
      shape[i] = classifier.inputShape().get(i - 1);
    }
    SplittableRandom random = new SplittableRandom(seed);
    INDArray inputs = Nd4j.create(classifier.dataType(), shape, 'c');
    for (long i = 0; i < inputs.length(); i++) {
      inputs.data().put(i, random.nextDouble());
    }
    return inputs;
  }

  /** Gaussian numbers of variance 1. */
  public static INDArray normal(long seed, long... shape) {
    SplittableRandom random = new SplittableRandom(seed);
    INDArray values = Nd4j.create(DataType.DOUBLE, shape, 'c');
    for (long i = 0; i < values.length(); i++) {
      values.data().put(i, random.nextGaussian());
    }
    return values;
  }

  private static Dense dense(int k, int d, long seed) {
    return new Dense(normal(seed, k, d).muli(1 / Math.sqrt(d)), normal(seed + 100, k).muli(0.2));
  }

  private static Convolution convolution(int k, int c, int size, Window window, long seed) {
    double scale = 1 / Math.sqrt(c * size * size);
    return new Convolution(
        normal(seed, k, c, size, size).muli(scale), normal(seed + 100, k).muli(0.2), window);
  }
}
