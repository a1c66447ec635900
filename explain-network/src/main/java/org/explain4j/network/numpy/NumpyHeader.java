package org.explain4j.network.numpy;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the start of a {@code .npy} file says about its array.
 *
 * @param fortran whether the first index runs fastest
 * @param shape empty for a single number
 * @param size of the header in bytes: where the numbers start
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">The
 *     format</a>
 */
record NumpyHeader(ElementType type, boolean fortran, List<Long> shape, int size) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LONGEST = 1 << 16;
  private static final Map<String, Pattern> ENTRIES =
      Map.of(
          "descr", Pattern.compile("'descr'\\s*:\\s*'([^']*)'"),
          "fortran_order", Pattern.compile("'fortran_order'\\s*:\\s*(True|False)"),
          "shape", Pattern.compile("'shape'\\s*:\\s*\\(([^)]*)\\)"));

  /**
   * @param name for messages
   * @param start where the file starts; then stands where the numbers start
   * @throws IOException if this is not a header, or one with impossible values
   */
  static NumpyHeader read(String name, InputStream start) throws IOException {
    try {
      DataInputStream in = new DataInputStream(start);
      if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
        throw new IOException(name + " is not a .npy file: it does not start with \\x93NUMPY.");
      }
      boolean wide = in.readUnsignedByte() > 1;
      in.readUnsignedByte();
      int length =
          wide ? Integer.reverseBytes(in.readInt()) : Short.reverseBytes(in.readShort()) & 0xffff;
      if (length < 0 || length > LONGEST) {
        throw new IOException(
            String.format(Locale.ROOT, "%s claims a header of %d bytes.", name, length));
      }
      byte[] text = new byte[length];
      in.readFully(text);
      int size = MAGIC.length + 2 + (wide ? 4 : 2) + length;
      return of(name, new String(text, StandardCharsets.ISO_8859_1), size);
    } catch (EOFException e) {
      throw new IOException(name + " is truncated within its header.", e);
    }
  }

  private static NumpyHeader of(String name, String text, int size) throws IOException {
    boolean fortran = find(name, "fortran_order", text).equals("True");
    ElementType type = ElementType.of(name, find(name, "descr", text));
    List<Long> shape = new ArrayList<>();
    for (String length : find(name, "shape", text).split(",", -1)) {
      if (!length.isBlank()) {
        shape.add(length(name, length.strip()));
      }
    }
    return new NumpyHeader(type, fortran, List.copyOf(shape), size);
  }

  private static long length(String name, String digits) throws IOException {
    if (!digits.matches("\\d{1,18}")) {
      throw new IOException(
          String.format(Locale.ROOT, "%s has the size '%s' in its shape.", name, digits));
    }
    return Long.parseLong(digits);
  }

  private static String find(String name, String entry, String text) throws IOException {
    Matcher matcher = ENTRIES.get(entry).matcher(text);
    if (!matcher.find()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s has no valid '%s' in its header.\nMaybe save it again with numpy.save.",
              name,
              entry));
    }
    return matcher.group(1);
  }

  /** Of little-endian floating-point numbers in C order, as {@code numpy.save} writes it. */
  static NumpyHeader of(int bytes, long... shape) {
    return new NumpyHeader(
        new ElementType('f', bytes, ByteOrder.LITTLE_ENDIAN),
        false,
        Arrays.stream(shape).boxed().toList(),
        0);
  }

  /** Of the same bytes in C order: an array in Fortran order is its transpose. */
  NumpyHeader inC() {
    if (!fortran) {
      return this;
    }
    List<Long> reversed = new ArrayList<>(shape);
    Collections.reverse(reversed);
    return new NumpyHeader(type, false, List.copyOf(reversed), size);
  }

  /**
   * The header as version 1 of the format has it; the numbers after it start at a multiple of 64.
   */
  byte[] bytes() {
    String lengths = shape.stream().map(String::valueOf).collect(Collectors.joining(", "));
    String tuple = shape.size() == 1 ? lengths + "," : lengths; // else ND4J's reader is confused
    String dictionary =
        String.format(
            Locale.ROOT,
            "{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }",
            type.description(),
            fortran ? "True" : "False",
            tuple);
    int padding = 63 - (MAGIC.length + 4 + dictionary.length()) % 64;
    byte[] text = (dictionary + " ".repeat(padding) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(MAGIC.length + 4 + text.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) text.length)
        .put(text)
        .array();
  }

  /**
   * Before memory is taken: a damaged header may ask for any amount of it.
   *
   * @param name for messages
   * @param bytes that there are, this header's included
   * @throws IOException if the array would take more or fewer
   */
  void requireSize(String name, long bytes) throws IOException {
    long expected;
    try {
      expected = Math.addExact(size, Math.multiplyExact(numbers(), type.bytes()));
    } catch (ArithmeticException e) {
      throw new IOException(String.format(Locale.ROOT, "%s claims the shape %s.", name, shape), e);
    }
    if (bytes != expected) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s has %d bytes; its shape %s needs %d.\nMaybe it is truncated.",
              name,
              bytes,
              shape,
              expected));
    }
  }

  private long numbers() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }
}
