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
  /** Below this relative difference of two numbers the slope is the derivative. */
  private static final double CLOSE = 1e-7;

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
    try (INDArray powers = Elements.map(input, x -> Math.pow(Math.abs(x), p));
        INDArray sums = PoolKernels.average(powers, window, shape, Divisor.ONE)) {
      return Elements.map(sums, s -> Math.pow(s, 1 / p));
    }
  }

  @Override
  public INDArray backward(INDArray input, INDArray output, INDArray gradient) {
    return secant(List.of(input, output), List.of(input, output), gradient);
  }

  /**
   * As {@link #backward} with slopes between two inputs, so that products of multipliers and
   * differences add up to the output's difference.
   *
   * @param flow input and output
   * @param reference likewise
   */
  public INDArray secant(List<INDArray> flow, List<INDArray> reference, INDArray gradient) {
    try (INDArray slopes = Elements.combine(flow.get(1), reference.get(1), this::ofRoot);
        INDArray parts = Elements.product(gradient, slopes, slopes);
        INDArray sums = PoolKernels.averageBackward(flow.get(0), parts, window, Divisor.ONE);
        INDArray powers = Elements.combine(flow.get(0), reference.get(0), this::ofPower)) {
      return Elements.combine(sums, powers, (a, b) -> a * b);
    }
  }

  /** The slope of {@code |x|^p} between two numbers. */
  private double ofPower(double a, double b) {
    return Math.abs(a - b) <= CLOSE * (Math.abs(a) + Math.abs(b))
        ? p * Math.signum(a) * Math.pow(Math.abs(a), p - 1)
        : (Math.pow(Math.abs(a), p) - Math.pow(Math.abs(b), p)) / (a - b);
  }

  /** The slope of {@code v^(1/p)}, by the norms at two sums v; 0 where both are 0. */
  private double ofRoot(double a, double b) {
    if (a == 0 && b == 0) {
      return 0;
    }
    return Math.abs(a - b) <= CLOSE * (a + b)
        ? Math.pow(a, 1 - p) / p
        : (a - b) / (Math.pow(a, p) - Math.pow(b, p));
  }
}
