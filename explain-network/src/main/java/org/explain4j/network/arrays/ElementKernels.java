package org.explain4j.network.arrays;

import java.util.function.BiConsumer;
import java.util.function.IntUnaryOperator;
import org.explain4j.network.arrays.Planes.Bits;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A rectifier and its gates. In float32 gates work on the numbers' bits: no branch depends on data
 * that no processor can predict, and the loops become vector instructions.
 */
final class ElementKernels {
  /** The bits of infinity; those of NaN without its sign are larger. */
  private static final int INFINITE = 0x7f800000;

  private ElementKernels() {}

  static INDArray relu(INDArray input) {
    INDArray output = Buffers.uninitialized(input, input.shape());
    Workers.run(
        input.size(0),
        input.length() / input.size(0),
        (from, to) ->
            Nd4j.exec(
                new RectifiedLinear(
                    Workers.slice(input, from, to), Workers.slice(output, from, to), 0.0)));
    return output;
  }

  /** {@code message} where {@code gate > 0}, else 0. */
  static INDArray gate(INDArray message, INDArray gate) {
    return message.dataType() == DataType.FLOAT
        ? masked(message, gate, ElementKernels::gate)
        : Elements.combine(message, gate, (m, g) -> g > 0 ? m : 0);
  }

  /** {@code message} where both are positive, else 0; a message that is NaN stays where it is. */
  static INDArray positive(INDArray message, INDArray gate) {
    return message.dataType() == DataType.FLOAT
        ? masked(message, gate, ElementKernels::positive)
        : Elements.combine(message, gate, (m, g) -> g > 0 && !(m <= 0) ? m : 0);
  }

  /** {@code message} where it is positive, else 0; NaN stays NaN. */
  static INDArray positive(INDArray message) {
    return message.dataType() == DataType.FLOAT
        ? masked(message, message, (bits, same) -> positive(bits))
        : Elements.combine(message, message, (m, same) -> m <= 0 ? 0 : m);
  }

  /** The largest absolute value of each example, {@code [n]}; NaN if one is. */
  static double[] maxima(INDArray batch) {
    double[] maxima = new double[(int) batch.size(0)];
    int length = planeLength(batch);
    Planes planes = Planes.reading(batch, length);
    int each = planes.count() / maxima.length;
    Workers.run(
        maxima.length,
        batch.length() / maxima.length,
        (from, to) -> {
          Planes.Plane plane = planes.plane();
          for (int p = from * each; p < to * each; p++) {
            plane.load(p);
            for (int i = 0; i < length; i++) {
              maxima[p / each] = Math.max(maxima[p / each], Math.abs(plane.get(i)));
            }
          }
        });
    return maxima;
  }

  /** Whether a number is below 0. */
  static boolean anyNegative(INDArray array) {
    return array.dataType() == DataType.FLOAT
        ? any(array, bits -> bits & ~-bits) // -0 is its own negative
        : !(array.minNumber().doubleValue() >= 0); // also of NaN
  }

  /** Whether a number is not 0. */
  static boolean anyNonZero(INDArray array) {
    return array.dataType() == DataType.FLOAT
        ? any(array, bits -> -(bits << 1) | bits << 1)
        : array.amaxNumber().doubleValue() != 0;
  }

  /** Whether a test of a number's bits is negative for one of them. */
  private static boolean any(INDArray array, IntUnaryOperator test) {
    Planes planes = Planes.reading(array, planeLength(array));
    Bits bits = planes.bits();
    for (int p = 0; p < planes.count(); p++) {
      int found = 0;
      for (int value : bits.load(p).values()) {
        found |= test.applyAsInt(value);
      }
      if (found < 0) {
        return true;
      }
    }
    return false;
  }

  private static void gate(int[] message, int[] gate) {
    for (int i = 0; i < message.length; i++) {
      message[i] &= open(gate[i]);
    }
  }

  private static void positive(int[] message, int[] gate) {
    for (int i = 0; i < message.length; i++) {
      message[i] &= open(gate[i]) & positiveOrNaN(message[i]);
    }
  }

  private static void positive(int[] message) {
    for (int i = 0; i < message.length; i++) {
      message[i] &= positiveOrNaN(message[i]);
    }
  }

  /** All ones unless a number is negative or 0: where it is positive or NaN. */
  private static int positiveOrNaN(int bits) {
    return open(bits) | ((INFINITE - (bits & Integer.MAX_VALUE)) >> 31);
  }

  /** All ones where a number is positive, else 0. */
  private static int open(int bits) {
    return (-bits >> 31) & ~(bits >> 31);
  }

  private static INDArray masked(INDArray message, INDArray gate, BiConsumer<int[], int[]> mask) {
    INDArray result = Buffers.uninitialized(message, message.shape());
    int length = planeLength(message);
    Planes messages = Planes.reading(message, length);
    Planes gates = Planes.reading(gate, length);
    Planes out = Planes.writing(result, length);
    out.inParallel(
        (from, to) -> {
          Bits in = messages.bits();
          Bits open = gates.bits();
          Bits target = out.bits(in.values());
          for (int p = from; p < to; p++) {
            mask.accept(in.load(p).values(), open.load(p).values());
            target.store(p);
          }
        });
    return out.written();
  }

  /** One channel of one image, or one vector. */
  private static int planeLength(INDArray array) {
    return Math.toIntExact(
        array.length() / array.size(0) / (array.rank() == 4 ? array.size(1) : 1));
  }
}
