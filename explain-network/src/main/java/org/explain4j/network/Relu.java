package org.explain4j.network;

import java.util.List;
import org.explain4j.network.arrays.Elements;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@code max(x, 0)}; its derivative at 0 is 0. */
public record Relu() implements UnaryLayer {

  @Override
  public LayerKind kind() {
    return LayerKind.RELU;
  }

  @Override
  public List<Long> outputShapeOf(List<Long> input) {
    return input;
  }

  @Override
  public INDArray forward(INDArray input) {
    return Elements.relu(input);
  }

  @Override
  public INDArray backward(INDArray input, INDArray output, INDArray gradient) {
    return Elements.gate(gradient, output);
  }
}
