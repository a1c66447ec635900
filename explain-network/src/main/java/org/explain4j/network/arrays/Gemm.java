package org.explain4j.network.arrays;

import java.lang.ref.Reference;
import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;
import org.explain4j.network.onednn.FloatProduct;
import org.explain4j.network.onednn.OneDnn;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Matrix products by the libraries that ND4J's operation uses, called directly: an operation takes
 * some 60 us to begin, as long as a product of small matrices.
 *
 * @param first whether a is transposed
 * @param second whether b is
 * @param target of the product's shape
 */
record Gemm(INDArray a, boolean first, INDArray b, boolean second, INDArray target) {
  /** Whether all are matrices of one type in the host's memory, and their rows have no gaps. */
  static boolean serves(INDArray... matrices) {
    DataType type = matrices[0].dataType();
    return Nd4j.getEnvironment().isCPU()
        && (type == DataType.FLOAT || type == DataType.DOUBLE)
        && Arrays.stream(matrices).allMatch(m -> m.dataType() == type && isByRows(m));
  }

  private static boolean isByRows(INDArray matrix) {
    return matrix.rank() == 2
        && !matrix.isEmpty()
        && (matrix.stride(1) == 1 || matrix.size(1) == 1)
        && (matrix.stride(0) >= matrix.size(1) || matrix.size(0) == 1);
  }

  /** {@code target = ab + keep * target}. */
  void multiply(double keep) {
    try {
      if (target.dataType() == DataType.FLOAT && OneDnn.isAvailable()) {
        oneDnn(keep);
      } else {
        blas(keep);
      }
    } finally {
      Reference.reachabilityFence(a);
      Reference.reachabilityFence(b);
      Reference.reachabilityFence(target);
    }
  }

  private void oneDnn(double keep) {
    long[] sizes = {target.size(0), target.size(1), a.size(first ? 0 : 1)};
    FloatProduct.multiply(
        new FloatProduct.Matrix(floats(a), width(a), first),
        new FloatProduct.Matrix(floats(b), width(b), second),
        new FloatProduct.Matrix(floats(target), width(target), false),
        sizes,
        keep);
  }

  private void blas(double keep) {
    int order = openblas.CblasRowMajor;
    int ofA = first ? openblas.CblasTrans : openblas.CblasNoTrans;
    int ofB = second ? openblas.CblasTrans : openblas.CblasNoTrans;
    int m = Math.toIntExact(target.size(0));
    int n = Math.toIntExact(target.size(1));
    int k = Math.toIntExact(a.size(first ? 0 : 1));
    if (target.dataType() == DataType.FLOAT) {
      openblas.cblas_sgemm(
          order,
          ofA,
          ofB,
          m,
          n,
          k,
          1,
          floats(a),
          width(a),
          floats(b),
          width(b),
          (float) keep,
          floats(target),
          width(target));
    } else {
      openblas.cblas_dgemm(
          order,
          ofA,
          ofB,
          m,
          n,
          k,
          1,
          doubles(a),
          width(a),
          doubles(b),
          width(b),
          keep,
          doubles(target),
          width(target));
    }
  }

  /** From a row to the next. */
  private static int width(INDArray matrix) {
    return Math.toIntExact(matrix.size(0) > 1 ? matrix.stride(0) : matrix.size(1));
  }

  private static FloatPointer floats(INDArray matrix) {
    return new FloatPointer(HostMemory.pointer(matrix));
  }

  private static DoublePointer doubles(INDArray matrix) {
    return new DoublePointer(HostMemory.pointer(matrix));
  }
}
