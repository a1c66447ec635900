package org.explain4j.api.network;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@code [n,c,h,w]} to {@code [n,c*h*w]} in that order. */
public record Flatten() implements UnaryLayer {

  @Override
  public LayerKind kind() {
    return LayerKind.RESHAPE;
  }

  @Override
  public List<Long> outputShapeOf(List<Long> input) {
    return List.of(Shapes.size(input));
  }

  @Override
  public INDArray forward(INDArray input) {
    return input.reshape('c', input.size(0), -1);
  }

  @Override
  public INDArray backward(INDArray input, INDArray output, INDArray gradient) {
    return gradient.reshape('c', input.shape());
  }
}
