package org.explain4j.network;

import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The same entries, in row-major order, in another shape.
 *
 * @param shape of one example: {@code [c,h,w]} or {@code [d]}
 */
public record Reshape(List<Long> shape) implements UnaryLayer {

  public Reshape {
    shape = List.copyOf(shape);
  }

  @Override
  public LayerKind kind() {
    return LayerKind.RESHAPE;
  }

  @Override
  public List<Long> outputShapeOf(List<Long> input) {
    if (Shapes.size(input) != Shapes.size(shape)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "It cannot reshape %s to %s.", input, shape));
    }
    return shape;
  }

  @Override
  public INDArray forward(INDArray input) {
    return input.reshape('c', Shapes.withBatch(input.size(0), shape));
  }

  @Override
  public INDArray backward(INDArray input, INDArray output, INDArray gradient) {
    return gradient.reshape('c', input.shape());
  }
}
