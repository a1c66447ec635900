package org.explain4j.api.network;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
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
    Nd4j.getAffinityManager().ensureLocation(plain, AffinityManager.Location.HOST);
    return new Planes(plain, length);
  }

  /** To be written in whole, c-ordered; call {@link #written()} at the end. */
  public static Planes writing(INDArray array, int length) {
    return new Planes(array, length);
  }

  /** Whether an array's numbers, c-ordered, are one after the other; it may be part of another. */
  static boolean consecutive(INDArray array) {
    return Arrays.equals(array.stride(), Nd4j.getStrides(array.shape(), 'c'));
  }

  public int count() {
    return Math.toIntExact(array.length() / length);
  }

  /** A plane's place on the heap, for one thread. */
  public Plane plane() {
    int start = Math.toIntExact(array.offset());
    return array.dataType() == DataType.FLOAT
        ? new Floats(array.data().asNioFloat(), start, new float[length])
        : new Doubles(array.data().asNioDouble(), start, new double[length]);
  }

  /** Tells the backend that the host's copy is the current one. */
  public INDArray written() {
    Nd4j.getAffinityManager().tagLocation(array, AffinityManager.Location.HOST);
    return array;
  }

  /** Runs over ranges of planes in parallel. */
  void inParallel(Workers.Part work) {
    Workers.run(count(), length, work);
  }

  /** Numbers of either floating-point type; in production one type, so that calls are inlined. */
  public sealed interface Plane {
    double get(int i);

    void set(int i, double value);

    void clear();

    /** For each place, row-major, the index of its first largest value. */
    void firstMaxima(PoolPlaces places, int[] indices);

    /** Takes each message at the first largest pixel of its place on another plane, else 0. */
    void spread(PoolPlaces places, Plane source, Plane messages);

    /** Takes the message's values where the gate is positive, else 0. */
    void gated(Plane message, Plane gate);

    /** Takes the products of two planes' values. */
    void multiplied(Plane a, Plane b);

    /** Takes {@code factor * message / (z + sign(z) epsilon)}, or 0 where that divides by 0. */
    void divided(Plane message, Plane z, double epsilon, double factor);

    /** For each place, row-major, the largest value of another plane. */
    void maxima(PoolPlaces places, Plane source);

    /** Takes {@code f} of two planes' values. */
    void combined(Plane a, Plane b, DoubleBinaryOperator f);

    /** Copies a plane from the array. */
    Plane load(int plane);

    /** Copies this plane to the array. */
    void store(int plane);
  }

  private record Floats(FloatBuffer buffer, int start, float[] values) implements Plane {
    @Override
    public double get(int i) {
      return values[i];
    }

    @Override
    public void set(int i, double value) {
      values[i] = (float) value;
    }

    @Override
    public void clear() {
      Arrays.fill(values, 0);
    }

    @Override
    public void firstMaxima(PoolPlaces places, int[] indices) {
      // One key a pixel: the value's order in the upper half, in the lower half what makes the
      // first of equals the largest. No branch depends on data that no processor can predict.
      long[] keys = new long[values.length];
      for (int i = 0; i < keys.length; i++) {
        keys[i] = ((long) PoolPlaces.order(values[i]) << 32) | (Integer.MAX_VALUE - i);
      }
      places.largestKeys(keys, indices);
      for (int i = 0; i < indices.length; i++) {
        indices[i] = Integer.MAX_VALUE - indices[i];
      }
    }

    @Override
    public void spread(PoolPlaces places, Plane source, Plane messages) {
      clear();
      if (places.quarters()) {
        places.spreadQuarters(((Floats) source).values, ((Floats) messages).values, values);
        return;
      }
      int[] indices = new int[places.count()];
      source.firstMaxima(places, indices);
      for (int i = 0; i < indices.length; i++) {
        values[indices[i]] += ((Floats) messages).values[i];
      }
    }

    @Override
    public void gated(Plane message, Plane gate) {
      float[] in = ((Floats) message).values;
      float[] open = ((Floats) gate).values;
      for (int i = 0; i < values.length; i++) {
        int bits = Float.floatToRawIntBits(open[i]);
        int mask = (-bits >> 31) & ~(bits >> 31); // all ones where bits > 0, without a branch
        values[i] = Float.intBitsToFloat(Float.floatToRawIntBits(in[i]) & mask);
      }
    }

    @Override
    public void multiplied(Plane a, Plane b) {
      float[] x = ((Floats) a).values;
      float[] y = ((Floats) b).values;
      for (int i = 0; i < values.length; i++) {
        values[i] = x[i] * y[i];
      }
    }

    @Override
    public void divided(Plane message, Plane z, double epsilon, double factor) {
      float[] r = ((Floats) message).values;
      float[] y = ((Floats) z).values;
      float stabiliser = (float) epsilon;
      float times = (float) factor;
      for (int i = 0; i < values.length; i++) {
        float sum = y[i] + 0f; // so that -0 counts as 0
        float denominator = sum + Math.copySign(stabiliser, sum);
        values[i] = denominator == 0 ? 0 : times * r[i] / denominator;
      }
    }

    @Override
    public void maxima(PoolPlaces places, Plane source) {
      places.maxima(((Floats) source).values, values);
    }

    @Override
    public void combined(Plane a, Plane b, DoubleBinaryOperator f) {
      float[] x = ((Floats) a).values;
      float[] y = ((Floats) b).values;
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) f.applyAsDouble(x[i], y[i]);
      }
    }

    @Override
    public Plane load(int plane) {
      buffer.get(start + plane * values.length, values);
      return this;
    }

    @Override
    public void store(int plane) {
      buffer.put(start + plane * values.length, values);
    }
  }

  private record Doubles(DoubleBuffer buffer, int start, double[] values) implements Plane {
    @Override
    public double get(int i) {
      return values[i];
    }

    @Override
    public void set(int i, double value) {
      values[i] = value;
    }

    @Override
    public void clear() {
      Arrays.fill(values, 0);
    }

    @Override
    public void firstMaxima(PoolPlaces places, int[] indices) {
      places.firstMaxima(values, indices);
    }

    @Override
    public void spread(PoolPlaces places, Plane source, Plane messages) {
      clear();
      int[] indices = new int[places.count()];
      source.firstMaxima(places, indices);
      for (int i = 0; i < indices.length; i++) {
        values[indices[i]] += ((Doubles) messages).values[i];
      }
    }

    @Override
    public void gated(Plane message, Plane gate) {
      double[] in = ((Doubles) message).values;
      double[] open = ((Doubles) gate).values;
      for (int i = 0; i < values.length; i++) {
        values[i] = open[i] > 0 ? in[i] : 0;
      }
    }

    @Override
    public void multiplied(Plane a, Plane b) {
      double[] x = ((Doubles) a).values;
      double[] y = ((Doubles) b).values;
      for (int i = 0; i < values.length; i++) {
        values[i] = x[i] * y[i];
      }
    }

    @Override
    public void divided(Plane message, Plane z, double epsilon, double factor) {
      double[] r = ((Doubles) message).values;
      double[] y = ((Doubles) z).values;
      double stabiliser = epsilon;
      double times = factor;
      for (int i = 0; i < values.length; i++) {
        double sum = y[i] + 0; // so that -0 counts as 0
        double denominator = sum + Math.copySign(stabiliser, sum);
        values[i] = denominator == 0 ? 0 : times * r[i] / denominator;
      }
    }

    @Override
    public void maxima(PoolPlaces places, Plane source) {
      int[] indices = new int[values.length];
      source.firstMaxima(places, indices);
      for (int i = 0; i < indices.length; i++) {
        values[i] = ((Doubles) source).values[indices[i]];
      }
    }

    @Override
    public void combined(Plane a, Plane b, DoubleBinaryOperator f) {
      double[] x = ((Doubles) a).values;
      double[] y = ((Doubles) b).values;
      for (int i = 0; i < values.length; i++) {
        values[i] = f.applyAsDouble(x[i], y[i]);
      }
    }

    @Override
    public Plane load(int plane) {
      buffer.get(start + plane * values.length, values);
      return this;
    }

    @Override
    public void store(int plane) {
      buffer.put(start + plane * values.length, values);
    }
  }
}
