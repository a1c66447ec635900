package org.explain4j.models.keras;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * Numbers of one example in Keras' layout, row-major: nothing but loops, for the slow evaluator.
 *
 * @param shape without the batch
 */
record SlowArray(int[] shape, double[] data) {

  static SlowArray zeros(int... shape) {
    return new SlowArray(
        shape.clone(), new double[Arrays.stream(shape).reduce(1, (a, b) -> a * b)]);
  }

  int rank() {
    return shape.length;
  }

  int size(int axis) {
    return shape[axis];
  }

  private int place(int... index) {
    int place = 0;
    for (int i = 0; i < shape.length; i++) {
      place = place * shape[i] + index[i];
    }
    return place;
  }

  double at(int... index) {
    return data[place(index)];
  }

  /** Zero outside. */
  double padded(int y, int x, int c) {
    return y < 0 || x < 0 || y >= shape[0] || x >= shape[1] ? 0 : at(y, x, c);
  }

  void set(double value, int... index) {
    data[place(index)] = value;
  }

  SlowArray map(DoubleUnaryOperator function) {
    return new SlowArray(shape, Arrays.stream(data).map(function).toArray());
  }

  SlowArray with(SlowArray other, DoubleBinaryOperator function) {
    double[] result = new double[data.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = function.applyAsDouble(data[i], other.data[i]);
    }
    return new SlowArray(shape, result);
  }

  SlowArray reshaped(int... target) {
    return new SlowArray(target.clone(), data);
  }

  /** Axis i of the result is axis {@code order[i]} of this. */
  SlowArray permuted(int... order) {
    int[] target = Arrays.stream(order).map(axis -> shape[axis]).toArray();
    SlowArray result = zeros(target);
    int[] index = new int[shape.length];
    for (int i = 0; i < data.length; i++) {
      int left = i;
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        index[axis] = left % shape[axis];
        left /= shape[axis];
      }
      result.set(data[i], Arrays.stream(order).map(axis -> index[axis]).toArray());
    }
    return result;
  }

  /** One index along an axis. */
  int along(int axis, int place) {
    int left = place;
    for (int i = shape.length - 1; i > axis; i--) {
      left /= shape[i];
    }
    return left % shape[axis];
  }
}
