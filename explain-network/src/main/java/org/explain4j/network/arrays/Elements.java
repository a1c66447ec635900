package org.explain4j.network.arrays;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Element-wise functions that ND4J would need several passes and temporary arrays for, in one pass
 * over both arrays on all threads.
 */
public final class Elements {
  private Elements() {}

  /**
   * {@code f(a_i, b_i)} for every element.
   *
   * @param a a batch, {@code [n,...]}; not changed
   * @param b of the same shape and type, or {@code [1,...]} for all examples; not changed
   * @return a new array of a's shape
   */
  public static INDArray combine(INDArray a, INDArray b, DoubleBinaryOperator f) {
    return each(a, b, Buffers.uninitialized(a, a.shape()), (x, y, out) -> out.combined(x, y, f));
  }

  /** {@code f(x_i)} for every element of a batch {@code [n,...]}, as a new array. */
  public static INDArray map(INDArray x, DoubleUnaryOperator f) {
    return combine(x, x, (a, same) -> f.applyAsDouble(a));
  }

  /**
   * {@code a * b}.
   *
   * @param a as in {@link #combine}
   * @param b likewise
   * @param target receives the result; a itself, or another array of its shape
   * @return the target
   */
  public static INDArray product(INDArray a, INDArray b, INDArray target) {
    return each(a, b, target, (x, y, out) -> out.multiplied(x, y));
  }

  /**
   * {@code factor * message / (z + sign(z) epsilon)} with sign(0) = 1; 0 where that divides by 0.
   *
   * @param message a batch, {@code [n,...]}
   * @param z of the same shape and type, or {@code [1,...]} for all examples
   * @param target receives the result; one of the two, or another array of the message's shape
   * @return the target
   */
  public static INDArray quotient(
      INDArray message, INDArray z, double epsilon, double factor, INDArray target) {
    return each(message, z, target, (r, y, out) -> out.divided(r, y, epsilon, factor));
  }

  /** {@code max(x, 0)} of a batch. */
  public static INDArray relu(INDArray batch) {
    return ElementKernels.relu(batch);
  }

  /** {@code message} where the gate, of the same shape and type, is positive, else 0. */
  public static INDArray gate(INDArray message, INDArray gate) {
    return ElementKernels.gate(message, gate);
  }

  /** The positive numbers of a batch, and 0 in place of the others; NaN stays NaN. */
  public static INDArray positive(INDArray message) {
    return ElementKernels.positive(message);
  }

  /**
   * The largest absolute value of each example of a batch {@code [n,...]}: NaN if any number is,
   * which ND4J's own reductions do not report.
   */
  public static double[] maxima(INDArray batch) {
    return ElementKernels.maxima(batch);
  }

  /**
   * {@code message} where both arrays, of one shape and type, are positive, else 0; a message that
   * is NaN stays NaN where the gate is open.
   */
  public static INDArray positive(INDArray message, INDArray gate) {
    return ElementKernels.positive(message, gate);
  }

  /** Whether any number of a batch {@code [n,...]} is below 0. */
  public static boolean anyNegative(INDArray batch) {
    return ElementKernels.anyNegative(batch);
  }

  /** Whether any number of a batch {@code [n,...]} is not 0. */
  public static boolean anyNonZero(INDArray batch) {
    return ElementKernels.anyNonZero(batch);
  }

  @FunctionalInterface
  private interface Kernel {
    void apply(KernelPlane a, KernelPlane b, KernelPlane target);
  }

  private static INDArray each(INDArray a, INDArray b, INDArray target, Kernel kernel) {
    if (!Planes.consecutive(target)) {
      try (INDArray plain = each(a, b, Buffers.uninitialized(target, target.shape()), kernel)) {
        return target.assign(plain);
      }
    }
    int length = Math.toIntExact(a.length() / a.size(0) / (a.rank() == 4 ? a.size(1) : 1));
    Planes first = Planes.reading(a, length);
    Planes second = Planes.reading(b, length);
    Planes out = Planes.writing(target, length);
    int repeat = second.count();
    out.inParallel(
        (from, to) -> {
          KernelPlane x = first.kernel();
          KernelPlane y = second.kernel();
          KernelPlane result = out.kernel();
          for (int p = from; p < to; p++) {
            kernel.apply(x.load(p), y.load(p % repeat), result);
            result.store(p);
          }
        });
    return out.written();
  }
}
