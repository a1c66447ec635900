package org.explain4j.network.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What {@code numpy.save} writes. */
public final class NpyBytes {
  private NpyBytes() {}

  /**
   * An array in C order.
   *
   * @param type numpy's, such as {@code <f4}
   * @param shape as Python writes it
   */
  public static byte[] of(String type, String shape, double... values) {
    return claiming(type, type, shape, values);
  }

  /** Numbers of one type, and a header that claims another. */
  public static byte[] claiming(String claimed, String type, String shape, double... values) {
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': %s, }\n".formatted(claimed, shape);
    ByteBuffer buffer = ByteBuffer.allocate(10 + header.length() + 8 * values.length);
    buffer.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.ISO_8859_1));
    buffer.put((byte) 1).put((byte) 0).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putShort((short) header.length());
    buffer.put(header.getBytes(StandardCharsets.ISO_8859_1));
    buffer.order(type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      switch (type.substring(1)) {
        case "f4" -> buffer.putFloat((float) value);
        case "f8" -> buffer.putDouble(value);
        case "u1", "i1" -> buffer.put((byte) value);
        case "u2", "i2" -> buffer.putShort((short) value);
        case "u4", "i4" -> buffer.putInt((int) value);
        default -> buffer.putLong((long) value);
      }
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }
}
