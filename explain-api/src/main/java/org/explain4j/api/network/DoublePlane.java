package org.explain4j.api.network;

import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import org.explain4j.api.network.Planes.Plane;

/** A plane of float64 numbers. */
record DoublePlane(DoubleBuffer buffer, int start, double[] values) implements Plane {
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
      values[indices[i]] += ((DoublePlane) messages).values[i];
    }
  }

  @Override
  public void multiplied(Plane a, Plane b) {
    double[] x = ((DoublePlane) a).values;
    double[] y = ((DoublePlane) b).values;
    for (int i = 0; i < values.length; i++) {
      values[i] = x[i] * y[i];
    }
  }

  @Override
  public void divided(Plane message, Plane z, double epsilon, double factor) {
    double[] r = ((DoublePlane) message).values;
    double[] y = ((DoublePlane) z).values;
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
      values[i] = ((DoublePlane) source).values[indices[i]];
    }
  }

  @Override
  public void add(Plane source, TapKernels.Shift shift) {
    double[] from = ((DoublePlane) source).values;
    for (int row = shift.firstRow(); row < shift.endRow(); row++) {
      int in = shift.source(row);
      int out = shift.target(row);
      for (int i = 0; i < shift.length(); i++) {
        values[out + i] += from[in + i];
      }
    }
  }

  @Override
  public void combined(Plane a, Plane b, DoubleBinaryOperator f) {
    double[] x = ((DoublePlane) a).values;
    double[] y = ((DoublePlane) b).values;
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
