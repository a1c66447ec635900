package org.explain4j.benchmarks;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import org.explain4j.network.Activation;
import org.explain4j.network.Convolution;
import org.explain4j.network.Dense;
import org.explain4j.network.Flatten;
import org.explain4j.network.Layer;
import org.explain4j.network.MaxPool;
import org.explain4j.network.Network;
import org.explain4j.network.Window;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Networks of published shapes with random weights (He et al.): speed does not depend on the
 * weights.
 */
final class RandomNetworks {
  private static final SplittableRandom RANDOM = new SplittableRandom(1);

  /** Of the noise on one scale; there are about eight. */
  private static final double SCALE = 0.35;

  private RandomNetworks() {}

  /** conv16-conv16-pool-conv32-conv32-pool-dense128-dense10 on 28x28 grey images. */
  static Network small() {
    return vgg(1, 28, List.of(List.of(16, 16), List.of(32, 32)), List.of(128, 10));
  }

  /** VGG-16 (Simonyan and Zisserman, configuration D) on 224x224 colour images. */
  static Network vgg16() {
    return vgg(
        3,
        224,
        List.of(
            List.of(64, 64),
            List.of(128, 128),
            List.of(256, 256, 256),
            List.of(512, 512, 512),
            List.of(512, 512, 512)),
        List.of(4096, 4096, 1000));
  }

  private static Network vgg(
      int channels, int size, List<List<Integer>> blocks, List<Integer> dense) {
    LinkedHashMap<String, Layer> layers = new LinkedHashMap<>();
    int in = channels;
    int width = size;
    for (int block = 0; block < blocks.size(); block++) {
      for (int i = 0; i < blocks.get(block).size(); i++) {
        int out = blocks.get(block).get(i);
        String name = (block + 1) + "_" + (i + 1);
        layers.put("conv" + name, convolution(out, in));
        layers.put("relu" + name, Activation.RELU);
        in = out;
      }
      layers.put("pool" + (block + 1), new MaxPool(Window.square(2).stride(2)));
      width /= 2;
    }
    layers.put("flatten", new Flatten());
    int features = in * width * width;
    for (int i = 0; i < dense.size(); i++) {
      layers.put("fc" + (i + 1), dense(dense.get(i), features));
      if (i + 1 < dense.size()) {
        layers.put("relu-fc" + (i + 1), Activation.RELU);
      }
      features = dense.get(i);
    }
    return Network.chain(List.of((long) channels, (long) size, (long) size), layers);
  }

  /**
   * The network of a name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the known names
   */
  static Network named(String name) {
    return switch (name) {
      case "small" -> small();
      case "vgg16" -> vgg16();
      default ->
          throw new IllegalArgumentException("No network '%s': small, vgg16.".formatted(name));
    };
  }

  /**
   * Images with as much structure as photographs: noise on every scale with the same power,
   * preprocessed to mean 0 and variance of about 1.
   */
  static INDArray images(Network network, int count) {
    int height = Math.toIntExact(network.inputShape().get(1));
    int width = Math.toIntExact(network.inputShape().get(2));
    long planes = count * network.inputShape().get(0);
    float[] values = new float[Math.toIntExact(planes * height * width)];
    for (int size = 1; size < Math.max(height, width); size *= 2) {
      int columns = (width + size - 1) / size;
      float[] blocks = new float[(height + size - 1) / size * columns];
      for (int plane = 0; plane < planes; plane++) {
        for (int i = 0; i < blocks.length; i++) {
          blocks[i] = (float) (RANDOM.nextGaussian() * SCALE);
        }
        for (int i = 0; i < height * width; i++) {
          values[plane * height * width + i] +=
              blocks[i / width / size * columns + i % width / size];
        }
      }
    }
    long channels = network.inputShape().get(0);
    return Nd4j.createFromArray(values).reshape('c', count, channels, height, width);
  }

  /** Gaussian numbers of mean 0. */
  static INDArray gaussian(double deviation, long... shape) {
    INDArray array = Nd4j.createUninitialized(DataType.FLOAT, shape, 'c');
    FloatBuffer values = array.data().asNioFloat(); // no copy on the heap, as large as the weights
    for (int i = 0; i < array.length(); i++) {
      values.put(i, (float) (RANDOM.nextGaussian() * deviation));
    }
    return array;
  }

  /** One-hot rows. */
  static INDArray start(int examples, int classes) {
    INDArray start = Nd4j.zeros(DataType.FLOAT, examples, classes);
    for (int i = 0; i < examples; i++) {
      start.putScalar(i, i % classes, 1);
    }
    return start;
  }

  private static Convolution convolution(int out, int in) {
    return new Convolution(
        gaussian(Math.sqrt(2.0 / (9 * in)), out, in, 3, 3),
        gaussian(0.1, out),
        Window.square(3).pad(1));
  }

  private static Dense dense(int out, int in) {
    return new Dense(gaussian(Math.sqrt(2.0 / in), out, in), gaussian(0.1, out));
  }
}
