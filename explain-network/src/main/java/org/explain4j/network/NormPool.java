package org.explain4j.network;

import java.util.List;
import java.util.Locale;
import org.explain4j.network.arrays.Elements;
import org.explain4j.network.arrays.PoolPlaces.Divisor;
import org.explain4j.network.kernels.PoolKernels;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Norm over a window: {@code (sum |x|^p)^(1/p)}, L2 pooling with p = 2; padding counts as 0. Where
 * the norm is 0, so is the gradient.
 *
 * @param ceil whether a last window may hang over the far edge (Caffe's rounding)
 * @param p at least 1
 */
public record NormPool(Window window, boolean ceil, double p) implements UnaryLayer {

  public NormPool {
    if (!(p >= 1 && p < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "The norm's p (%s) must be at least 1 and finite.", p));
    }
  }

  @Override
  public LayerKind kind() {
    return LayerKind.AVERAGE_POOL;
  }

  @Override
  public List<Long> outputShapeOf(List<Long> input) {
    return Shapes.pooled("Norm-pooling", input, window, ceil);
  }

  @Override
  public INDArray forward(INDArray input) {
    List<Long> shape = outputShapeOf(Shapes.example(input));
    try (INDArray powers = Elements.combine(input, input, (x, same) -> Math.pow(Math.abs(x), p));
        INDArray sums = PoolKernels.average(powers, window, shape, Divisor.ONE)) {
      return Elements.combine(sums, sums, (s, same) -> Math.pow(s, 1 / p));
    }
  }

  @Override
  public INDArray backward(INDArray input, INDArray output, INDArray gradient) {
    try (INDArray parts =
            Elements.combine(gradient, output, (g, y) -> y == 0 ? 0 : g * Math.pow(y, 1 - p));
        INDArray sums = PoolKernels.averageBackward(input, parts, window, Divisor.ONE)) {
      return Elements.combine(
          sums, input, (s, x) -> s * Math.signum(x) * Math.pow(Math.abs(x), p - 1));
    }
  }
}
