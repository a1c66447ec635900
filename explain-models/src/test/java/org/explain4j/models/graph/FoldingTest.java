package org.explain4j.models.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.explain4j.network.Affine;
import org.explain4j.network.Convolution;
import org.explain4j.network.Flatten;
import org.explain4j.network.Layer;
import org.explain4j.network.Network;
import org.explain4j.network.Window;
import org.explain4j.network.ZeroPad;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Layers before and behind a convolution of groups become part of it. */
class FoldingTest {
  private final SplittableRandom random = new SplittableRandom(1);

  private INDArray noise(long... shape) {
    INDArray numbers = Nd4j.create(DataType.DOUBLE, shape, 'c');
    for (long i = 0; i < numbers.length(); i++) {
      numbers.data().put(i, random.nextGaussian());
    }
    return numbers;
  }

  private Convolution convolution(Window window, int groups) {
    INDArray weights = noise(8, 4 / groups, window.height(), window.width());
    return new Convolution(weights, noise(8), window, groups);
  }

  private void folds(Layer... layers) {
    GraphAssembly assembly = new GraphAssembly(List.of(4L, 6L, 5L));
    String last = Network.INPUT;
    INDArray input = noise(3, 4, 6, 5);
    INDArray right = input;
    for (Layer layer : layers) {
      last = assembly.add("layer", layer, last);
      right = layer.forward(List.of(right));
    }
    Network network = assembly.network(assembly.add("flat", new Flatten(), last));
    assertThat(network.nodes()).hasSize(2);
    INDArray found = network.logits(input);
    assertThat(found.distance2(right.reshape('c', found.shape()))).isLessThan(1e-10);
  }

  @Test
  void scaleAndShiftOfGroupsOfChannelsAreFolded() {
    for (int groups : new int[] {1, 2, 4}) {
      folds(new Affine(noise(4), noise(4)), convolution(Window.square(3), groups));
      folds(convolution(Window.square(3).pad(1), groups), new Affine(noise(8), noise(8)));
      folds(new ZeroPad(1, 0, 2, 1), convolution(Window.square(3).stride(2), groups));
    }
  }
}
