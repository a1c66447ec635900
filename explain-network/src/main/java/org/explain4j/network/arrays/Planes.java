package org.explain4j.network.arrays;

import java.nio.IntBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Host memory of a c-ordered array, cut into planes of equal length, for kernels that are plain
 * loops. A thread copies one plane at a time to the heap: a few kilobytes that stay in the cache.
 */
public final class Planes {
  private final INDArray array;
  private final int length;

  private Planes(INDArray array, int length) {
    this.array = array;
    this.length = length;
  }

  /** To be read; copied first if its numbers are not one after the other. */
  public static Planes reading(INDArray array, int length) {
    INDArray plain = consecutive(array) ? array : array.dup('c');
    return new Planes(plain, length);
  }

  /**
   * To be read and changed; call {@link #written()} at the end.
   *
   * @throws IllegalArgumentException if its numbers are not one after the other: a copy would be
   *     changed in vain
   */
  public static Planes changing(INDArray array, int length) {
    if (!consecutive(array)) {
      throw new IllegalArgumentException("The array's numbers are not one after the other.");
    }
    return new Planes(array, length);
  }

  /** To be written in whole, c-ordered; call {@link #written()} at the end. */
  public static Planes writing(INDArray array, int length) {
    return new Planes(array, length);
  }

  /** Whether an array's numbers, c-ordered, are one after the other; it may be part of another. */
  public static boolean consecutive(INDArray array) {
    long[] strides = Nd4j.getStrides(array.shape(), 'c');
    for (int i = 0; i < strides.length; i++) {
      if (array.size(i) > 1 && array.stride(i) != strides[i]) { // that of one slice is never used
        return false;
      }
    }
    return true;
  }

  public int count() {
    return Math.toIntExact(array.length() / length);
  }

  /** A plane's place on the heap, for one thread. */
  public Plane plane() {
    return kernel();
  }

  /** The same with what kernels do on it. */
  public KernelPlane kernel() {
    return array.dataType() == DataType.FLOAT
        ? new FloatPlane(HostMemory.floats(array), new float[length], array)
        : new DoublePlane(HostMemory.doubles(array), new double[length], array);
  }

  /** A float32 plane's place on the heap that the caller works on, for one thread. */
  public Plane plane(float[] place) {
    requireType(DataType.FLOAT);
    return new FloatPlane(HostMemory.floats(array), place, array);
  }

  /** Likewise of a float64 plane. */
  public Plane plane(double[] place) {
    requireType(DataType.DOUBLE);
    return new DoublePlane(HostMemory.doubles(array), place, array);
  }

  private void requireType(DataType type) {
    if (array.dataType() != type) {
      throw new IllegalArgumentException(
          "Expected an array of type " + type + ", found " + array.dataType() + ".");
    }
  }

  /** A float32 plane's place on the heap as the bits of its numbers, for one thread. */
  Bits bits() {
    return bits(new int[length]);
  }

  /** The same in a place that is shared, to copy planes from one array to another. */
  Bits bits(int[] place) {
    return new Bits(HostMemory.bits(array), place);
  }

  /** Tells the backend that the host's copy is the current one. */
  public INDArray written() {
    return HostMemory.written(array);
  }

  /** Runs over ranges of planes in parallel. */
  public void inParallel(Workers.Part work) {
    Workers.run(count(), length, work);
  }

  /** A plane's numbers on the heap, of either floating-point type. */
  public sealed interface Plane permits KernelPlane {
    double get(int i);

    void set(int i, double value);

    /** Sets all numbers to 0. */
    void clear();

    /** Copies a plane from the array. */
    Plane load(int plane);

    /** Copies this plane to the array. */
    void store(int plane);
  }

  /** The bits of float32 numbers: a positive number's are a positive integer. */
  record Bits(IntBuffer buffer, int[] values) {
    Bits load(int plane) {
      buffer.get(plane * values.length, values);
      return this;
    }

    void store(int plane) {
      buffer.put(plane * values.length, values);
    }
  }
}
