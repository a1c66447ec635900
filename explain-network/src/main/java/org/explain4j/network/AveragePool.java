package org.explain4j.network;

import java.util.List;
import org.explain4j.network.arrays.PoolPlaces.Divisor;
import org.explain4j.network.kernels.PoolKernels;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Mean or sum over a window.
 *
 * @param ceil whether a last window may hang over the far edge (Caffe's rounding)
 * @param divisor of the window's sum
 */
public record AveragePool(Window window, boolean ceil, Divisor divisor) implements UnaryLayer {

  /** The mean, in which padded zeros count or do not; pixels beyond the padding never do. */
  public AveragePool(Window window, boolean ceil, boolean countPadding) {
    this(window, ceil, countPadding ? Divisor.WINDOW : Divisor.PIXELS);
  }

  public AveragePool(Window window) {
    this(window, false, true);
  }

  /** The sum. */
  public static AveragePool sum(Window window, boolean ceil) {
    return new AveragePool(window, ceil, Divisor.ONE);
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
    return PoolKernels.average(input, window, outputShapeOf(Shapes.example(input)), divisor);
  }

  @Override
  public INDArray backward(INDArray input, INDArray output, INDArray gradient) {
    return PoolKernels.averageBackward(input, gradient, window, divisor);
  }
}
