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
    return of(
        1,
        (read, size) -> {
          float[] x = read[0];
          for (int i = 0; i < size; i++) {
            x[i] = (float) f.applyAsDouble(x[i]);
          }
        });
  }

  /** {@code f(x, y)} of two arrays to a third. */
  public static Kernel combined(DoubleBinaryOperator f) {
    return of(
        2,
        (read, size) -> {
          float[] x = read[0];
          float[] y = read[1];
          for (int i = 0; i < size; i++) {
            x[i] = (float) f.applyAsDouble(x[i], y[i]);
          }
        });
  }

  /** {@code n / d} of two arrays, or a third one's number where {@code |d| < epsilon}. */
  public static Kernel slope(double epsilon) {
    float limit = (float) epsilon;
    return of(
        3,
        (read, size) -> {
          float[] n = read[0];
          float[] d = read[1];
          float[] other = read[2];
          for (int i = 0; i < size; i++) {
            n[i] = Math.abs(d[i]) < limit ? other[i] : n[i] / d[i];
          }
        });
  }

  private interface Chunk {
    /** Puts the results of some numbers of each array into those of the first. */
    void run(float[][] read, int size);
  }

  /** From some arrays to the one behind them. */
  private static Kernel of(int inputs, Chunk chunk) {
    return arrays -> {
      float[][] read = new float[inputs][CHUNK];
      FloatBuffer to = arrays.get(inputs);
      return () -> {
        for (int from = 0; from < to.limit(); from += CHUNK) {
          int size = Math.min(CHUNK, to.limit() - from);
          for (int i = 0; i < inputs; i++) {
            arrays.get(i).get(from, read[i], 0, size);
          }
          chunk.run(read, size);
          to.put(from, read[0], 0, size);
        }
      };
    };
  }
}
