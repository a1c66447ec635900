package org.explain4j.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.explain4j.network.propagation.Composite;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class GoldenForwardTest {

  @Test
  void logitsEqualPyTorchInFloat32() {
    INDArray logits = Shared.goldenNetwork(DataType.FLOAT).logits(Shared.npy("golden/inputs"));
    assertThat(Shared.distance(logits, Shared.npy("golden/logits"))).isLessThan(1e-5);
  }

  @Test
  void logitsEqualPyTorchInFloat64() {
    INDArray logits = Shared.goldenNetwork(DataType.DOUBLE).logits(Shared.npy("golden/inputs"));
    assertThat(Shared.distance(logits, Shared.npy("golden/logits"))).isLessThan(1e-12);
  }

  @Test
  void gradientEqualsCaptum() {
    Network network = Shared.goldenNetwork(DataType.FLOAT);
    INDArray inputs = Shared.npy("golden/inputs");
    int[] classes = Shared.goldenClasses();
    INDArray start = Nd4j.zeros(DataType.FLOAT, inputs.size(0), 10);
    for (int i = 0; i < classes.length; i++) {
      start.putScalar(i, classes[i], 1);
    }
    try (Activations activations = network.forward(inputs)) {
      INDArray gradient = Composite.gradient().backward(network, activations, start);
      assertThat(Shared.distance(gradient, Shared.npy("golden/captum/gradient"))).isLessThan(1e-5);
    }
  }
}
