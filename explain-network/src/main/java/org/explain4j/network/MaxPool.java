package org.explain4j.network;

import java.util.List;
import org.explain4j.network.kernels.PoolKernels;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Maximum over a window; padding counts as minus infinity. The gradient goes to the window's first
 * maximum in row-major order.
 *
 * @param ceil whether a last window may hang over the far edge (Caffe's rounding)
 */
public record MaxPool(Window window, boolean ceil) implements UnaryLayer {

  public MaxPool(Window window) {
    this(window, false);
  }

  @Override
  public LayerKind kind() {
    return LayerKind.MAX_POOL;
  }

  @Override
  public List<Long> outputShapeOf(List<Long> input) {
    return Shapes.pooled("Max-pooling", input, window, ceil);
  }

  @Override
  public INDArray forward(INDArray input) {
    return PoolKernels.max(input, window, outputShapeOf(Shapes.example(input)));
  }

  @Override
  public INDArray backward(INDArray input, INDArray output, INDArray gradient) {
    return PoolKernels.maxBackward(input, gradient, window);
  }
}
