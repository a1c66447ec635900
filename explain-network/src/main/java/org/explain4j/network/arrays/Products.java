package org.explain4j.network.arrays;

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
   * @param target may be a view of some rows or columns
   * @param keep 0 to overwrite, 1 to add
   */
  public static void multiply(
      INDArray a, INDArray b, Transposed transposed, INDArray target, double keep) {
    Nd4j.exec(
        DynamicCustomOp.builder("matmul")
            .addInputs(a, b)
            .addOutputs(target)
            .addIntegerArguments(
                transposed == Transposed.FIRST ? 1 : 0, transposed == Transposed.SECOND ? 1 : 0)
            .addFloatingPointArguments(1.0, keep)
            .build());
  }

  /** A view of the columns {@code from} (inclusive) to {@code to} (exclusive). */
  public static INDArray columns(INDArray matrix, long from, long to) {
    return matrix.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to));
  }
}
