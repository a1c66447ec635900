package org.explain4j.network.arrays;

import java.lang.ref.Reference;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;

/**
 * A plane of float64 numbers.
 *
 * @param owner of the buffer's memory, which lives as long as the plane
 */
record DoublePlane(DoubleBuffer buffer, double[] values, Object owner) implements KernelPlane {
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
  public void combined(KernelPlane a, KernelPlane b, DoubleBinaryOperator f) {
    double[] x = ((DoublePlane) a).values;
    double[] y = ((DoublePlane) b).values;
    for (int i = 0; i < values.length; i++) {
      values[i] = f.applyAsDouble(x[i], y[i]);
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
