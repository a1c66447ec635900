package org.explain4j.experiments.tiny;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import org.explain4j.api.Model;
import org.explain4j.api.ModelProvider;
import org.explain4j.api.Preprocessing;
import org.explain4j.network.Activation;
import org.explain4j.network.Convolution;
import org.explain4j.network.Dense;
import org.explain4j.network.Flatten;
import org.explain4j.network.Layer;
import org.explain4j.network.Network;
import org.explain4j.network.Window;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * conv3x3(1-3), ReLU, conv5x5(3-3), ReLU, dense(108-2) with random weights; one node is named as
 * ONNX names them.
 *
 * @param hidden neurons of two more dense layers; none if 0
 */
public record TinyNetwork(int hidden) implements ModelProvider {

  public TinyNetwork() {
    this(0);
  }

  @Override
  public String id() {
    return "tiny-network";
  }

  @Override
  public String summary() {
    return "for tests";
  }

  @Override
  public Model provide(Request request) {
    LinkedHashMap<String, Layer> layers = new LinkedHashMap<>();
    layers.put(
        "/conv/Conv", new Convolution(weights(3, 1, 3, 3), weights(3), Window.square(3).pad(1)));
    layers.put("relu", Activation.RELU);
    layers.put("conv2", new Convolution(weights(3, 3, 5, 5), weights(3), Window.square(5).pad(2)));
    layers.put("relu2", Activation.RELU);
    layers.put("flatten", new Flatten());
    if (hidden > 0) {
      layers.put("narrow", new Dense(weights(hidden, 108), weights(hidden)));
      layers.put("relu3", Activation.RELU);
      layers.put("wide", new Dense(weights(hidden, hidden), weights(hidden)));
      layers.put("relu4", Activation.RELU);
    }
    layers.put("dense", new Dense(weights(2, hidden > 0 ? hidden : 108), weights(2)));
    return new Model(
        Network.chain(List.of(1L, 6L, 6L), layers),
        Preprocessing.none(),
        List.of(),
        "tiny",
        List.of("random weights"));
  }

  private static INDArray weights(long... shape) {
    SplittableRandom random = new SplittableRandom(shape.length);
    int length = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) (random.nextGaussian() / Math.sqrt(length / (double) shape[0]));
    }
    return Nd4j.create(values, shape, 'c');
  }
}
