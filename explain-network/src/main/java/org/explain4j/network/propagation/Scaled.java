package org.explain4j.network.propagation;

import java.util.Arrays;
import org.explain4j.network.arrays.Elements;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A batch of numbers with a separate power of two for each example, so the range of their type is
 * no limit: example i is {@code values[i] * 2^exponents[i]}. Powers of two change no digit.
 *
 * @param values {@code [n,...]}
 * @param exponents {@code [n]}
 */
public record Scaled(INDArray values, int[] exponents) {
  /** A layer may multiply by 2^80 before float32 overflows, and divide by as much. */
  private static final int BOUND = 40;

  static Scaled of(INDArray values) {
    return new Scaled(values, new int[(int) values.size(0)]);
  }

  /** The same with every example's largest absolute value near 1; itself if that is already so. */
  Scaled bounded() {
    int[] shifts = new int[exponents.length];
    double[] maxima = Elements.maxima(values);
    for (int i = 0; i < shifts.length; i++) {
      int exponent = exponentOf(maxima[i]);
      shifts[i] = Math.abs(exponent) > BOUND ? -exponent : 0;
    }
    return shifted(shifts);
  }

  /** The sum, with each example's larger exponent. */
  Scaled plus(Scaled other) {
    if (Arrays.equals(exponents, other.exponents)) {
      return new Scaled(values.add(other.values), exponents);
    }
    double[] maxima = Elements.maxima(values);
    double[] otherMaxima = Elements.maxima(other.values);
    int[] shifts = new int[exponents.length];
    int[] otherShifts = new int[exponents.length];
    for (int i = 0; i < shifts.length; i++) {
      // A branch without message has no say in the other's scale.
      int first = maxima[i] == 0 ? Integer.MIN_VALUE : exponents[i] + exponentOf(maxima[i]);
      int second =
          otherMaxima[i] == 0 ? Integer.MIN_VALUE : other.exponents[i] + exponentOf(otherMaxima[i]);
      int common = Math.max(first, second);
      shifts[i] = maxima[i] == 0 ? 0 : exponents[i] - common;
      otherShifts[i] = otherMaxima[i] == 0 ? 0 : other.exponents[i] - common;
    }
    Scaled a = shifted(shifts);
    Scaled b = other.shifted(otherShifts);
    int[] sums = a.exponents.clone();
    for (int i = 0; i < sums.length; i++) {
      sums[i] = maxima[i] == 0 ? b.exponents[i] : a.exponents[i];
    }
    return new Scaled(a.values.add(b.values), sums);
  }

  private static int exponentOf(double maximum) {
    return maximum == 0 ? 0 : Math.getExponent(maximum);
  }

  /** Moves powers of two between exponents and values: {@code values[i] * 2^shifts[i]}. */
  public Scaled shifted(int... shifts) {
    if (Arrays.stream(shifts).allMatch(shift -> shift == 0)) {
      return this;
    }
    INDArray moved = values.dup('c');
    int[] rest = exponents.clone();
    INDArrayIndex[] row = new INDArrayIndex[values.rank()];
    Arrays.fill(row, NDArrayIndex.all());
    for (int i = 0; i < shifts.length; i++) {
      row[0] = NDArrayIndex.interval(i, i + 1);
      int half = shifts[i] / 2; // 2^149 is no float32 number
      moved.get(row).muli(Math.scalb(1.0, half)).muli(Math.scalb(1.0, shifts[i] - half));
      rest[i] -= shifts[i];
    }
    return new Scaled(moved, rest);
  }
}
