package org.explain4j.network.numpy;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;

/**
 * Some consecutive numbers of an array in an archive, for adding up archives whose arrays do not
 * fit into memory.
 *
 * @param name of the array
 * @param header of its {@code .npy} file; empty for all pieces but the array's first
 * @param type of the numbers, as numpy describes it: {@code <f4}, {@code <f8} or {@code <i8}
 * @param numbers little-endian
 */
@SuppressWarnings("ArrayRecordComponent") // nothing compares pieces
public record ArrayPiece(String name, byte[] header, String type, byte[] numbers)
    implements Serializable {

  /** Whether an array begins with it. */
  public boolean isFirst() {
    return header.length > 0;
  }

  /**
   * Adds another archive's numbers at the same place, in their own type.
   *
   * @throws IllegalArgumentException if that is of another array, type or length
   */
  public ArrayPiece plus(ArrayPiece other) {
    if (!name.equals(other.name)
        || !type.equals(other.type)
        || numbers.length != other.numbers.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d bytes of '%s' cannot be added to %d bytes of '%s'.",
              other.numbers.length,
              other.name,
              numbers.length,
              name));
    }
    ByteBuffer a = ByteBuffer.wrap(numbers).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer b = ByteBuffer.wrap(other.numbers).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer sum = ByteBuffer.allocate(numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    while (sum.hasRemaining()) {
      switch (type) {
        case "<f4" -> sum.putFloat(a.getFloat() + b.getFloat());
        case "<f8" -> sum.putDouble(a.getDouble() + b.getDouble());
        default -> sum.putLong(a.getLong() + b.getLong());
      }
    }
    return new ArrayPiece(name, header, type, sum.array());
  }
}
