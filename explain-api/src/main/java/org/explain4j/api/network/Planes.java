package org.explain4j.api.network;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Host memory of a c-ordered array, cut into planes of equal length, for kernels that are plain
 * loops. Planes are copied to and from the heap: a few kilobytes that stay in the cache, and loops
 * over them need neither bounds of foreign memory nor one version for each floating-point type.
 */
final class Planes {
  private final FloatBuffer floats; // one of the two
  private final DoubleBuffer doubles;
  private final int length;
  private final INDArray array; // keeps the memory alive

  private Planes(INDArray array, int length) {
    this.array = array;
    this.length = length;
    boolean single = array.dataType() == DataType.FLOAT;
    this.floats = single ? array.data().asNioFloat() : null;
    this.doubles = single ? null : array.data().asNioDouble();
  }

  /** To be read; copied first if it is not c-ordered. */
  static Planes reading(INDArray array, int length) {
    INDArray plain = array.ordering() == 'c' && !array.isView() ? array : array.dup('c');
    Nd4j.getAffinityManager().ensureLocation(plain, AffinityManager.Location.HOST);
    return new Planes(plain, length);
  }

  /** To be written in whole; call {@link #written()} at the end. */
  static Planes writing(INDArray array, int length) {
    return new Planes(array, length);
  }

  int count() {
    return Math.toIntExact(array.length() / length);
  }

  int length() {
    return length;
  }

  /** Scratch memory for one thread. */
  Scratch scratch() {
    return new Scratch(new double[length], floats == null ? null : new float[length]);
  }

  double[] read(int plane, Scratch scratch) {
    if (doubles != null) {
      doubles.get(plane * length, scratch.values, 0, length);
      return scratch.values;
    }
    float[] single = scratch.single;
    floats.get(plane * length, single, 0, length);
    double[] values = scratch.values;
    for (int i = 0; i < length; i++) {
      values[i] = single[i];
    }
    return values;
  }

  void write(int plane, Scratch scratch) {
    if (doubles != null) {
      doubles.put(plane * length, scratch.values, 0, length);
      return;
    }
    float[] single = scratch.single;
    double[] values = scratch.values;
    for (int i = 0; i < length; i++) {
      single[i] = (float) values[i];
    }
    floats.put(plane * length, single, 0, length);
  }

  /** Tells the backend that the host's copy is the current one. */
  INDArray written() {
    Nd4j.getAffinityManager().tagLocation(array, AffinityManager.Location.HOST);
    return array;
  }

  /** Runs over ranges of planes in parallel. */
  static void inParallel(int planes, Range work) {
    int parts = Math.min(planes, 2 * Runtime.getRuntime().availableProcessors());
    IntConsumer part =
        i -> work.run((int) ((long) planes * i / parts), (int) ((long) planes * (i + 1) / parts));
    IntStream.range(0, parts).parallel().forEach(part);
  }

  @FunctionalInterface
  interface Range {
    void run(int from, int to);
  }

  /** One plane on the heap. */
  record Scratch(double[] values, float[] single) {}
}
