package org.explain4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Comparisons whose failure message says which law is broken, where, and by which numbers. */
final class Law {
  private Law() {}

  /** All numbers of an array, in C order. */
  static double[] numbers(INDArray array) {
    return array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
  }

  /** No NaN, no infinity. */
  static void requireFinite(String law, INDArray array) {
    double[] numbers = numbers(array);
    for (int i = 0; i < numbers.length; i++) {
      if (!Double.isFinite(numbers[i])) {
        throw new AssertionError(
            "%s: it is %s at %s.".formatted(law, numbers[i], place(i, array.shape())));
      }
    }
  }

  /** Every bit as before. */
  static void requireUnchanged(String law, INDArray after, INDArray before) {
    requireEqual(law, after, before, 0);
  }

  /**
   * Equal shapes and numbers.
   *
   * @param tolerance largest difference, relative to the largest expected number
   */
  static void requireEqual(String law, INDArray actual, INDArray expected, double tolerance) {
    assertThat(actual.shape()).as("%s: shape", law).isEqualTo(expected.shape());
    requireEqual(law, numbers(actual), numbers(expected), tolerance, expected.shape());
  }

  /** The same for values that may be missing, which is NaN on both sides. */
  static void requireEqual(
      String law, double[] actual, double[] expected, double tolerance, long... shape) {
    assertThat(actual).as("%s: number of values", law).hasSameSizeAs(expected);
    double allowed =
        tolerance * Arrays.stream(expected).map(Math::abs).filter(Double::isFinite).max().orElse(0);
    int worst = -1;
    double largest = allowed;
    for (int i = 0; i < actual.length; i++) {
      double difference =
          Double.compare(actual[i], expected[i]) == 0 ? 0 : Math.abs(actual[i] - expected[i]);
      if (!(difference <= largest)) {
        worst = i;
        largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
      }
    }
    if (worst >= 0) {
      throw new AssertionError(
          String.format(
              Locale.ROOT,
              "%s: at %s it is %s, expected %s; the difference is %.2e, allowed are %.2e.",
              law,
              place(worst, shape.length == 0 ? new long[] {actual.length} : shape),
              actual[worst],
              expected[worst],
              largest,
              allowed));
    }
  }

  /** The index of the i-th number of a C-ordered array. */
  private static String place(int i, long[] shape) {
    long[] index = new long[shape.length];
    long rest = i;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = rest % shape[axis];
      rest /= shape[axis];
    }
    return Arrays.toString(index);
  }
}
