package org.explain4j.network.numpy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;

/**
 * How numpy stores one number.
 *
 * @param kind {@code f} floating point, {@code i} signed, {@code u} unsigned, {@code b} boolean
 * @param bytes 1, 2, 4 or 8
 */
record ElementType(char kind, int bytes, ByteOrder order) {
  private static final List<String> KNOWN =
      List.of("f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "b1");

  /**
   * @param name of the array, for messages
   * @param description numpy's, such as {@code <f4}
   */
  static ElementType of(String name, String description) throws IOException {
    String type = description.replaceFirst("^[<>|=]", "");
    if (!KNOWN.contains(type)) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s holds numbers of type '%s'; known types are %s.\nMaybe save it with .astype('float32').",
              name,
              description,
              KNOWN));
    }
    ByteOrder order = description.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return new ElementType(type.charAt(0), type.charAt(1) - '0', order);
  }

  /** Numpy's description, such as {@code <f4}. */
  String description() {
    String mark = bytes == 1 ? "|" : order == ByteOrder.BIG_ENDIAN ? ">" : "<";
    return mark + kind + bytes;
  }

  /** The number at a byte position; the buffer has this type's order. */
  double read(ByteBuffer buffer, int position) {
    if (kind == 'f') {
      return switch (bytes) {
        case 2 -> half(buffer.getShort(position));
        case 4 -> buffer.getFloat(position);
        default -> buffer.getDouble(position);
      };
    }
    boolean signed = kind == 'i';
    return switch (bytes) {
      case 1 -> signed ? buffer.get(position) : buffer.get(position) & 0xff;
      case 2 -> signed ? buffer.getShort(position) : buffer.getShort(position) & 0xffff;
      case 4 -> signed ? buffer.getInt(position) : buffer.getInt(position) & 0xffffffffL;
      default -> buffer.getLong(position);
    };
  }

  /** IEEE 754's binary16: a sign, five bits of exponent, ten of fraction. */
  private static double half(short bits) {
    int exponent = (bits >> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    double size;
    if (exponent == 0) {
      size = Math.scalb((double) fraction, -24);
    } else if (exponent == 0x1f) {
      size = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    } else {
      size = Math.scalb(1 + fraction / 1024.0, exponent - 15);
    }
    return bits < 0 ? -size : size;
  }
}
