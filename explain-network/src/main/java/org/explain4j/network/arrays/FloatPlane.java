package org.explain4j.network.arrays;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;

/**
 * A plane of float32 numbers.
 *
 * @param owner of the buffer's memory, which lives as long as the plane
 */
record FloatPlane(FloatBuffer buffer, float[] values, Object owner) implements KernelPlane {
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
    // One key per pixel: the value's order in the upper half, in the lower half what makes the
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
  public void spread(PoolPlaces places, KernelPlane source, KernelPlane messages) {
    if (!places.quarters()) {
      KernelPlane.super.spread(places, source, messages);
      return;
    }
    clear();
    places.spreadQuarters(((FloatPlane) source).values, ((FloatPlane) messages).values, values);
  }

  @Override
  public void multiplied(KernelPlane a, KernelPlane b) {
    float[] x = ((FloatPlane) a).values;
    float[] y = ((FloatPlane) b).values;
    for (int i = 0; i < values.length; i++) {
      values[i] = x[i] * y[i];
    }
  }

  @Override
  public void divided(KernelPlane message, KernelPlane z, double epsilon, double factor) {
    float[] r = ((FloatPlane) message).values;
    float[] y = ((FloatPlane) z).values;
    float stabiliser = Math.abs((float) epsilon);
    float times = (float) factor;
    // All quotients at once in vector instructions, then what is special about some.
    if (stabiliser == 0) {
      for (int i = 0; i < values.length; i++) {
        values[i] = times * r[i] / y[i];
      }
      for (int i = 0; i < values.length; i++) {
        if (y[i] == 0) {
          values[i] = 0;
        }
      }
      return;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = times * r[i] / (Math.abs(y[i]) + stabiliser);
    }
    for (int i = 0; i < values.length; i++) {
      int sign = Float.floatToRawIntBits(y[i] + 0f) & Integer.MIN_VALUE; // of -0 that of 0
      values[i] = Float.intBitsToFloat(Float.floatToRawIntBits(values[i]) ^ sign);
    }
  }

  @Override
  public void maxima(PoolPlaces places, KernelPlane source) {
    places.maxima(((FloatPlane) source).values, values);
  }

  @Override
  public void add(KernelPlane source, Shift shift) {
    float[] from = ((FloatPlane) source).values;
    for (int row = shift.firstRow(); row < shift.endRow(); row++) {
      int in = shift.source(row);
      int out = shift.target(row);
      for (int i = 0; i < shift.length(); i++) {
        values[out + i] += from[in + i];
      }
    }
  }

  @Override
  public void combined(KernelPlane a, KernelPlane b, DoubleBinaryOperator f) {
    float[] x = ((FloatPlane) a).values;
    float[] y = ((FloatPlane) b).values;
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) f.applyAsDouble(x[i], y[i]);
    }
  }

  @Override
  public KernelPlane load(int plane) {
    try {
      buffer.get(plane * values.length, values);
    } finally {
      Reference.reachabilityFence(owner);
    }
    return this;
  }

  @Override
  public void store(int plane) {
    try {
      buffer.put(plane * values.length, values);
    } finally {
      Reference.reachabilityFence(owner);
    }
  }
}
