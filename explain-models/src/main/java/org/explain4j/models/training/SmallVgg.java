package org.explain4j.models.training;

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
 * A small network in the style of VGG (Simonyan and Zisserman, arXiv 1409.1556): blocks of two 3x3
 * convolutions and a 2x2 max-pooling, a hidden dense layer, the logits. Without blocks it is a
 * multi-layer perceptron.
 *
 * @param channels of the convolutions of each block
 * @param hidden neurons of the hidden dense layer, or 0 for none
 */
record SmallVgg(List<Integer> channels, int hidden) {

  /**
   * The network with random weights as in He et al. (arXiv 1502.01852): normal with variance 2 /
   * fan-in; biases are 0. A single layer starts at 0: it has no symmetry to break, and what random
   * weights all classes had in common would stay, since the soft-max cancels it.
   *
   * @param inputShape {@code [c,h,w]}, or {@code [d]} without blocks
   */
  Network initial(List<Long> inputShape, int classes, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    LinkedHashMap<String, Layer> layers = new LinkedHashMap<>();
    long inputs = inputShape.get(0);
    int number = 1;
    for (int block = 0; block < channels.size(); block++) {
      for (int i = 0; i < 2; i++, number++) {
        long[] shape = {channels.get(block), inputs, 3, 3};
        INDArray weights = random(shape, random);
        INDArray bias = Nd4j.create(DataType.FLOAT, shape[0]);
        layers.put("conv" + number, new Convolution(weights, bias, Window.square(3).pad(1)));
        layers.put("relu" + number, Activation.RELU);
        inputs = channels.get(block);
      }
      layers.put("pool" + (block + 1), new MaxPool(Window.square(2).stride(2)));
    }
    layers.put("flatten", new Flatten());
    long features = Network.chain(inputShape, layers).classes();
    if (hidden > 0) {
      layers.put("fc1", dense(hidden, features, random));
      layers.put("relu" + number, Activation.RELU);
    }
    Dense logits = dense(classes, hidden > 0 ? hidden : features, random);
    if (hidden == 0 && channels.isEmpty()) {
      logits.weights().assign(0);
    }
    layers.put(hidden > 0 ? "fc2" : "fc1", logits);
    return Network.chain(inputShape, layers);
  }

  private static Dense dense(long neurons, long inputs, SplittableRandom random) {
    return new Dense(
        random(new long[] {neurons, inputs}, random), Nd4j.create(DataType.FLOAT, neurons));
  }

  private static INDArray random(long[] shape, SplittableRandom random) {
    int length = 1;
    for (long size : shape) {
      length = Math.multiplyExact(length, (int) size);
    }
    double deviation = Math.sqrt(2.0 * shape[0] / length);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return Nd4j.createFromArray(values).reshape('c', shape);
  }
}
