package org.explain4j.network.onednn;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;

/** A product of float32 matrices, on the calling thread alone. */
public final class FloatProduct {
  private FloatProduct() {}

  /**
   * A matrix in memory.
   *
   * @param first its first number
   * @param width from a row to the next
   * @param transposed whether its transpose is meant
   */
  public record Matrix(FloatPointer first, long width, boolean transposed) {
    private byte form() {
      return (byte) (transposed ? 'T' : 'N');
    }
  }

  /**
   * {@code target = ab + keep * target}.
   *
   * @param a {@code [m,k]}
   * @param b {@code [k,n]}
   * @param target {@code [m,n]}, not transposed
   * @param sizes m, n and k
   */
  public static void multiply(Matrix a, Matrix b, Matrix target, long[] sizes, double keep) {
    int threads = OneDnn.oneThread();
    try {
      OneDnn.check(
          dnnl.dnnl_sgemm(
              a.form(),
              b.form(),
              sizes[0],
              sizes[1],
              sizes[2],
              1,
              a.first,
              a.width,
              b.first,
              b.width,
              (float) keep,
              target.first,
              target.width),
          "multiply matrices");
    } finally {
      OneDnn.threads(threads);
    }
  }
}
