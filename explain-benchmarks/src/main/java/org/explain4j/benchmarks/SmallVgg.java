package org.explain4j.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import org.explain4j.api.network.Convolution;
import org.explain4j.api.network.Dense;
import org.explain4j.api.network.Flatten;
import org.explain4j.api.network.Layer;
import org.explain4j.api.network.MaxPool;
import org.explain4j.api.network.Network;
import org.explain4j.api.network.Relu;
import org.explain4j.api.network.Window;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The small VGG-style network for 28x28 grey images, with random weights. */
final class SmallVgg {
  private static final SplittableRandom RANDOM = new SplittableRandom(1);

  private SmallVgg() {}

  static Network network() {
    LinkedHashMap<String, Layer> layers = new LinkedHashMap<>();
    layers.put("conv1", convolution(16, 1));
    layers.put("relu1", new Relu());
    layers.put("conv2", convolution(16, 16));
    layers.put("relu2", new Relu());
    layers.put("pool1", new MaxPool(Window.square(2).stride(2)));
    layers.put("conv3", convolution(32, 16));
    layers.put("relu3", new Relu());
    layers.put("conv4", convolution(32, 32));
    layers.put("relu4", new Relu());
    layers.put("pool2", new MaxPool(Window.square(2).stride(2)));
    layers.put("flatten", new Flatten());
    layers.put("fc1", dense(128, 1568));
    layers.put("relu5", new Relu());
    layers.put("fc2", dense(10, 128));
    return Network.chain(List.of(1L, 28L, 28L), layers);
  }

  static INDArray random(double deviation, long... shape) {
    double[] values = new double[(int) Nd4j.createUninitialized(shape).length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = RANDOM.nextGaussian() * deviation;
    }
    return Nd4j.createFromArray(values).castTo(DataType.FLOAT).reshape('c', shape);
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
        random(Math.sqrt(2.0 / (9 * in)), out, in, 3, 3),
        random(0.1, out),
        Window.square(3).pad(1));
  }

  private static Dense dense(int out, int in) {
    return new Dense(random(Math.sqrt(2.0 / in), out, in), random(0.1, out));
  }
}
