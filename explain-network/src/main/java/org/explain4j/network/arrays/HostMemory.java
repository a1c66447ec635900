package org.explain4j.network.arrays;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Objects;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The numbers of arrays in the host's memory, for kernels of our own. A backend for GPUs keeps them
 * on the device: it is asked to copy them here before they are read or changed, and must be told
 * when they have been changed. Nothing else may look at the memory of an array.
 */
public final class HostMemory {
  private HostMemory() {}

  private static DataBuffer here(INDArray array) {
    if (array.wasClosed()) {
      throw new IllegalStateException("The array was closed."); // its memory may be another's
    }
    Nd4j.getAffinityManager().ensureLocation(array, Location.HOST);
    return array.data();
  }

  /** Of a c-ordered float32 array; of a view, its own alone, be it part of one of any size. */
  public static FloatBuffer floats(INDArray array) {
    return new FloatPointer(pointer(array)).capacity(array.length()).asBuffer();
  }

  /** Likewise the bits of float32 numbers. */
  static IntBuffer bits(INDArray array) {
    return new IntPointer(pointer(array)).capacity(array.length()).asBuffer();
  }

  /** Likewise of float64. */
  public static DoubleBuffer doubles(INDArray array) {
    return new DoublePointer(pointer(array)).capacity(array.length()).asBuffer();
  }

  /** Of numbers of any type. */
  public static ByteBuffer bytes(INDArray array) {
    return here(array).asNio();
  }

  /** For libraries that compute on the CPU. */
  public static Pointer pointer(INDArray array) {
    return here(array).addressPointer();
  }

  /**
   * Where an array's numbers begin, for libraries that compute on the CPU. Whoever uses it keeps
   * the array from being collected.
   */
  public static long address(INDArray array) {
    return here(array).pointer().address() + array.offset() * array.dataType().width();
  }

  /**
   * Copies rows of a matrix to another, one after the other.
   *
   * @param rows their numbers, as many as the target has
   * @param target of the same type and width
   * @throws IllegalArgumentException if it is not
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public static void copyRows(INDArray matrix, int[] rows, INDArray target) {
    if (matrix.dataType() != target.dataType()
        || matrix.size(1) != target.size(1)
        || target.size(0) != rows.length) {
      throw new IllegalArgumentException("Rows are copied to as many of the same kind.");
    }
    for (int row : rows) {
      Objects.checkIndex(row, matrix.size(0));
    }
    boolean plain = Planes.consecutive(matrix) && Planes.consecutive(target);
    if (!plain || !Nd4j.getEnvironment().isCPU()) {
      Nd4j.pullRows(matrix, target, 1, rows);
      return;
    }
    long width = matrix.size(1) * matrix.dataType().width();
    try {
      BytePointer from = new BytePointer(pointer(matrix));
      BytePointer to = new BytePointer(pointer(target));
      long first = from.position();
      long start = to.position();
      for (int i = 0; i < rows.length; i++) {
        from.position(first + rows[i] * width);
        Pointer.memcpy(to.position(start + i * width), from, width);
      }
    } finally {
      Reference.reachabilityFence(matrix);
      Reference.reachabilityFence(target);
    }
    written(target);
  }

  /** Tells the backend that the numbers here are the current ones. */
  public static INDArray written(INDArray array) {
    Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
    return array;
  }

  /** A number that arrays have in common that share memory, wherever that is. */
  static long identity(DataBuffer buffer) {
    if (Nd4j.getEnvironment().isCPU()) {
      return buffer.pointer().address();
    }
    DataBuffer original = buffer.originalDataBuffer();
    return (original == null ? buffer : original).platformAddress(); // on the device
  }
}
