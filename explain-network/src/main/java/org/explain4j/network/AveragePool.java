package org.explain4j.network;

import java.util.List;
import org.explain4j.network.kernels.PoolKernels;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Mean over a window.
 *
 * @param ceil whether a last window may hang over the far edge (Caffe's rounding)
 * @param countPadding whether padded zeros count in the mean's denominator; pixels beyond the
 *     padding never do
 */
public record AveragePool(Window window, boolean ceil, boolean countPadding) implements UnaryLayer {

  public AveragePool(Window window) {
    this(window, false, true);
  }

  @Override
  public LayerKind kind() {
    return LayerKind.AVERAGE_POOL;
  }

  @Override
  public List<Long> outputShapeOf(List<Long> input) {
    return Shapes.pooled("Average-pooling", input, window, ceil);
  }

  @Override
  public INDArray forward(INDArray input) {
    return PoolKernels.average(input, window, outputShapeOf(Shapes.example(input)), countPadding);
  }

  @Override
  public INDArray backward(INDArray input, INDArray output, INDArray gradient) {
    return PoolKernels.averageBackward(input, gradient, window, countPadding);
  }
}
