package org.explain4j.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Networks of random layers of every kind, with odd windows, and numbers for them. */
public final class RandomNetwork {
  private final SplittableRandom random;
  private final List<Node> nodes = new ArrayList<>();
  private final List<String> names = new ArrayList<>(List.of(Network.INPUT));
  private final List<Long> inputShape;

  private RandomNetwork(long seed) {
    random = new SplittableRandom(seed);
    inputShape = List.of(one(1L, 2L, 3L, 5L, 16L), between(5, 20), between(5, 20));
  }

  static Network of(long seed) {
    RandomNetwork network = new RandomNetwork(seed);
    int layers = network.random.nextInt(2, 10);
    while (network.nodes.size() < layers) {
      network.grow();
    }
    return network.finished();
  }

  /** Normally distributed float32 numbers. */
  public static INDArray normal(SplittableRandom random, double scale, long... shape) {
    long length = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    double[] values =
        DoubleStream.generate(() -> scale * random.nextGaussian()).limit(length).toArray();
    return Nd4j.createFromArray(values).reshape('c', shape).castTo(DataType.FLOAT);
  }

  private INDArray normal(double scale, long... shape) {
    return normal(random, scale, shape);
  }

  private long between(int from, int to) {
    return random.nextInt(from, to + 1);
  }

  @SafeVarargs
  private <T> T one(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private List<Long> shape(String name) {
    return nodes.isEmpty() ? inputShape : new Network(inputShape, nodes).shapes().get(name);
  }

  /** Adds a layer, unless what was drawn does not fit. */
  private void grow() {
    String from = names.get(random.nextInt(names.size()));
    List<Long> shape = shape(from);
    try {
      Layer layer = layer(shape);
      List<String> inputs = new ArrayList<>(List.of(from));
      if (layer instanceof Product) {
        factor(shape).ifPresent(inputs::add);
      } else if (layer instanceof Add || layer instanceof Concat) {
        names.stream()
            .filter(name -> fits(layer, shape, shape(name)))
            .limit(random.nextInt(1, 4))
            .forEach(inputs::add);
      }
      Node node = new Node("n" + nodes.size(), layer, inputs);
      List<Node> longer = new ArrayList<>(nodes);
      longer.add(node);
      Network network = new Network(inputShape, longer);
      if (Shapes.size(network.shapes().get(node.name())) > 0) {
        nodes.add(node);
        names.add(node.name());
      }
    } catch (IllegalArgumentException e) {
      // A window larger than its image; the next one may fit.
    }
  }

  /** A second factor: any that fits, or a gate from the means of the first. */
  private Optional<String> factor(List<Long> shape) {
    List<String> fitting =
        names.stream()
            .filter(
                name -> {
                  List<Long> other = shape(name);
                  return other.equals(shape)
                      || other.equals(List.of(shape.get(0), 1L, 1L))
                      || other.equals(List.of(1L, shape.get(1), shape.get(2)));
                })
            .toList();
    return fitting.isEmpty()
        ? Optional.empty()
        : Optional.of(fitting.get(random.nextInt(fitting.size())));
  }

  private static boolean fits(Layer layer, List<Long> shape, List<Long> other) {
    return layer instanceof Add
        ? shape.equals(other)
        : shape.subList(1, 3).equals(other.subList(1, 3));
  }

  private Layer layer(List<Long> shape) {
    long channels = shape.get(0);
    return switch (random.nextInt(22)) {
      case 14, 15 -> activation(shape);
      case 16 -> new Product();
      case 17 -> new AveragePool(Window.of(shape.get(1).intValue(), shape.get(2).intValue()));
      case 18 -> normalisation(channels);
      case 19 -> resize(shape);
      case 20 -> new NormPool(window(3), random.nextBoolean(), one(2, 3));
      case 21 ->
          random.nextBoolean()
              ? new ZeroStuff(random.nextInt(1, 3), random.nextInt(1, 3))
              : AveragePool.sum(window(3), random.nextBoolean());
      case 0, 1, 2 -> convolution(channels);
      case 3, 4 -> Activation.RELU;
      case 5 -> new MaxPool(window(3), random.nextBoolean());
      case 6 -> new AveragePool(window(3), random.nextBoolean(), random.nextBoolean());
      case 7 -> new Affine(normal(1, channels), normal(1, channels));
      case 8 -> new Add();
      case 9 -> new Concat();
      case 10 ->
          new Crop(random.nextInt(3), random.nextInt(3), random.nextInt(3), random.nextInt(3));
      case 11 -> new Permute(one(List.of(2, 0, 1), List.of(1, 2, 0), List.of(0, 2, 1)));
      case 12 -> new Reshape(List.of(shape.get(1), shape.get(2), channels));
      default ->
          random.nextBoolean()
              ? new ZeroPad(
                  random.nextInt(3), random.nextInt(3), random.nextInt(3), random.nextInt(3))
              : slice(channels);
    };
  }

  private Activation activation(List<Long> shape) {
    if (random.nextInt(8) == 0) {
      long slopes = random.nextBoolean() ? shape.get(0) : Shapes.size(shape);
      return Activation.prelu(random.doubles(slopes, -0.5, 1).toArray());
    }
    ActivationFunction function = one(ActivationFunction.values());
    return switch (function) {
      case LEAKY_RELU, ELU, CELU, SOFTPLUS, SILU ->
          Activation.of(function, random.nextDouble(0.1, 2));
      case CLIP -> Activation.of(function, random.nextDouble(-1, 0.5), random.nextDouble(0.6, 2));
      default -> Activation.of(function);
    };
  }

  private Normalisation normalisation(long channels) {
    return new Normalisation(
        switch (random.nextInt(4)) {
          case 0 -> new Normalisation.Groups(1, 1e-3);
          case 1 -> new Normalisation.Groups((int) channels, 1e-2);
          case 2 -> new Normalisation.Channels(1e-2);
          default -> new Normalisation.Neighbours(random.nextInt(1, 6), 0.5, 0.75, 1);
        });
  }

  private Resize resize(List<Long> shape) {
    return Resize.to(
        shape,
        between(1, 20),
        between(1, 20),
        one(Resize.Mode.values()),
        one(Resize.Coordinates.values()));
  }

  private ChannelSlice slice(long channels) {
    long from = between(0, (int) channels - 1);
    return new ChannelSlice(from, between((int) from + 1, (int) channels));
  }

  private Convolution convolution(long channels) {
    Window window = window(4).dilation(random.nextInt(1, 3), random.nextInt(1, 3));
    int groups = one(1, 1, 1, 2, 4, (int) channels);
    long neurons = one(1L, 3L, 8L, 16L, 17L, 32L, channels, 2 * channels);
    if (channels % groups != 0 || neurons % groups != 0) {
      groups = 1;
    }
    long seen = channels / groups;
    double scale = 1 / Math.sqrt((double) seen * window.height() * window.width());
    return new Convolution(
        normal(scale, neurons, seen, window.height(), window.width()),
        normal(.1, neurons),
        window,
        groups);
  }

  private Window window(int most) {
    int height = random.nextInt(1, most + 1);
    int width = random.nextInt(1, most + 1);
    return Window.of(height, width)
        .stride(random.nextInt(1, 3), random.nextInt(1, 3))
        .pad(
            random.nextInt(height),
            random.nextInt(width),
            random.nextInt(height),
            random.nextInt(width));
  }

  private Network finished() {
    String last = names.get(names.size() - 1);
    long size = Shapes.size(shape(last));
    nodes.add(new Node("flat", new Flatten(random.nextBoolean()), List.of(last)));
    Dense dense = new Dense(normal(1 / Math.sqrt((double) size), 5, size), normal(.1, 5));
    nodes.add(new Node("fc", dense, List.of("flat")));
    return new Network(inputShape, nodes);
  }
}
