package org.explain4j.network;

import java.util.Collections;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Element-wise sum of inputs of the same shape. */
public record Add() implements Layer {

  @Override
  public LayerKind kind() {
    return LayerKind.ADD;
  }

  @Override
  public List<Long> outputShape(List<List<Long>> inputs) {
    if (inputs.isEmpty() || inputs.stream().distinct().count() > 1) {
      throw new IllegalArgumentException(
          "An addition takes inputs of the same shape, not " + inputs);
    }
    return inputs.get(0);
  }

  @Override
  public INDArray forward(List<INDArray> inputs) {
    INDArray sum = inputs.get(0).dup('c');
    inputs.stream().skip(1).forEach(sum::addi);
    return sum;
  }

  @Override
  public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient) {
    return Collections.nCopies(inputs.size(), gradient);
  }
}
