package org.explain4j.network.kernels;

import java.nio.FloatBuffer;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.explain4j.network.onednn.Kernel;

/** Functions of single numbers as steps of a program, for what oneDNN does not know. */
public final class ElementSteps {
  /** Numbers on the heap at a time. */
  private static final int CHUNK = 4096;

  private ElementSteps() {}

  /** {@code f(x)} of one array to another. */
  public static Kernel map(DoubleUnaryOperator f) {
    return arrays -> {
      float[] x = new float[CHUNK];
      return () ->
          inChunks(
              arrays.get(1),
              (from, size) -> {
                arrays.get(0).get(from, x, 0, size);
                for (int i = 0; i < size; i++) {
                  x[i] = (float) f.applyAsDouble(x[i]);
                }
                arrays.get(1).put(from, x, 0, size);
              });
    };
  }

  /** {@code f(x, y)} of two arrays to a third. */
  public static Kernel combined(DoubleBinaryOperator f) {
    return arrays -> {
      float[] x = new float[CHUNK];
      float[] y = new float[CHUNK];
      return () ->
          inChunks(
              arrays.get(2),
              (from, size) -> {
                arrays.get(0).get(from, x, 0, size);
                arrays.get(1).get(from, y, 0, size);
                for (int i = 0; i < size; i++) {
                  x[i] = (float) f.applyAsDouble(x[i], y[i]);
                }
                arrays.get(2).put(from, x, 0, size);
              });
    };
  }

  /** {@code n / d} of two arrays, or a third one's number where {@code |d| < epsilon}. */
  public static Kernel slope(double epsilon) {
    return arrays -> {
      float[] n = new float[CHUNK];
      float[] d = new float[CHUNK];
      float[] other = new float[CHUNK];
      float limit = (float) epsilon;
      return () ->
          inChunks(
              arrays.get(3),
              (from, size) -> {
                arrays.get(0).get(from, n, 0, size);
                arrays.get(1).get(from, d, 0, size);
                arrays.get(2).get(from, other, 0, size);
                for (int i = 0; i < size; i++) {
                  n[i] = Math.abs(d[i]) < limit ? other[i] : n[i] / d[i];
                }
                arrays.get(3).put(from, n, 0, size);
              });
    };
  }

  private interface Chunk {
    void run(int from, int size);
  }

  private static void inChunks(FloatBuffer all, Chunk chunk) {
    int count = all.limit();
    for (int from = 0; from < count; from += CHUNK) {
      chunk.run(from, Math.min(CHUNK, count - from));
    }
  }
}
