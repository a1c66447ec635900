package org.explain4j.network.arrays;

import java.util.Arrays;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Matrix products that write into a part of another matrix, without a temporary. */
public final class Products {
  private Products() {}

  /** Which factor is taken by its transpose. */
  public enum Transposed {
    NONE,
    FIRST,
    SECOND
  }

  /**
   * {@code target = ab + keep * target}.
   *
   * @param a a matrix, float32 or float64
   * @param b a matrix of the same type
   * @param target may be a view of some rows or columns
   * @param keep 0 to overwrite, 1 to add
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static void multiply(
      INDArray a, INDArray b, Transposed transposed, INDArray target, double keep) {
    boolean first = transposed == Transposed.FIRST;
    boolean second = transposed == Transposed.SECOND;
    if (a.size(first ? 0 : 1) != b.size(second ? 1 : 0)
        || target.size(0) != a.size(first ? 1 : 0)
        || target.size(1) != b.size(second ? 0 : 1)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "No product of %s%s and %s%s is %s.",
              Arrays.toString(a.shape()),
              first ? "'" : "",
              Arrays.toString(b.shape()),
              second ? "'" : "",
              Arrays.toString(target.shape())));
    }
    if (Gemm.serves(a, b, target)) {
      new Gemm(a, first, b, second, target).multiply(keep);
      return;
    }
    Nd4j.exec(
        DynamicCustomOp.builder("matmul")
            .addInputs(a, b)
            .addOutputs(target)
            .addIntegerArguments(first ? 1 : 0, second ? 1 : 0)
            .addFloatingPointArguments(1.0, keep)
            .build());
  }

  /** A view of the columns {@code from} (inclusive) to {@code to} (exclusive). */
  public static INDArray columns(INDArray matrix, long from, long to) {
    return matrix.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to));
  }
}
