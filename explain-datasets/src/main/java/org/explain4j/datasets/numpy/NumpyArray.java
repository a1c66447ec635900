package org.explain4j.datasets.numpy;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An array in numpy's {@code .npy} format, read row by row: only what is asked for is in memory.
 *
 * @param name for messages
 * @param shape {@code [n, ...]}
 * @param offset of the first number
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">The
 *     format</a>
 */
record NumpyArray(String name, List<Long> shape, ElementType type, long offset, Bytes bytes) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LONGEST_HEADER = 1 << 16;
  private static final int LARGEST_READ = 1 << 24;
  private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
  private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([^)]*)\\)");

  /** Random access to the bytes of an array. */
  interface Bytes {
    long size() throws IOException;

    /** Fills the buffer from a position on. */
    void read(ByteBuffer buffer, long position) throws IOException;
  }

  /** A file, opened for each reading. */
  record InFile(Path path) implements Bytes {
    @Override
    public long size() throws IOException {
      return java.nio.file.Files.size(path);
    }

    @Override
    public void read(ByteBuffer buffer, long position) throws IOException {
      try (FileChannel channel = FileChannel.open(path)) {
        while (buffer.hasRemaining()) {
          if (channel.read(buffer, position + buffer.position()) < 0) {
            throw new EOFException(path + " became shorter while it was read.");
          }
        }
      }
    }
  }

  /** Bytes in memory. */
  record InMemory(byte[] content) implements Bytes {
    @Override
    public long size() {
      return content.length;
    }

    @Override
    public void read(ByteBuffer buffer, long position) {
      buffer.put(content, Math.toIntExact(position), buffer.remaining());
    }
  }

  static NumpyArray of(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return of(file.toString(), new InFile(file), Channels.newInputStream(channel));
    }
  }

  static NumpyArray of(String name, byte[] content) throws IOException {
    return of(name, new InMemory(content), new ByteArrayInputStream(content));
  }

  private static NumpyArray of(String name, Bytes bytes, InputStream start) throws IOException {
    try {
      DataInputStream in = new DataInputStream(start);
      if (!java.util.Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
        throw new IOException(name + " is no .npy file: it does not start with \\x93NUMPY.");
      }
      int version = in.readUnsignedByte();
      in.readUnsignedByte();
      boolean wide = version > 1;
      int length =
          wide ? Integer.reverseBytes(in.readInt()) : Short.reverseBytes(in.readShort()) & 0xffff;
      if (length < 0 || length > LONGEST_HEADER) {
        throw new IOException("%s claims a header of %d bytes.".formatted(name, length));
      }
      byte[] text = new byte[length];
      in.readFully(text);
      long offset = MAGIC.length + 2L + (wide ? 4 : 2) + length;
      return of(name, bytes, new String(text, StandardCharsets.ISO_8859_1), offset);
    } catch (EOFException e) {
      throw new IOException(name + " is truncated within its header.", e);
    }
  }

  private static NumpyArray of(String name, Bytes bytes, String header, long offset)
      throws IOException {
    if (find(name, FORTRAN, header).equals("True")) {
      throw new IOException(
          name + " is in Fortran order.\nMaybe save it with numpy.ascontiguousarray.");
    }
    ElementType type = ElementType.of(name, find(name, TYPE, header));
    List<Long> shape = new ArrayList<>();
    for (String size : find(name, SHAPE, header).split(",", -1)) {
      if (!size.isBlank()) {
        shape.add(size(name, size.strip()));
      }
    }
    long values;
    try {
      values = shape.stream().reduce(1L, Math::multiplyExact);
      Math.multiplyExact(values, type.bytes());
    } catch (ArithmeticException e) {
      throw new IOException("%s claims the shape %s.".formatted(name, shape), e);
    }
    long expected = offset + values * type.bytes();
    if (bytes.size() != expected) {
      throw new IOException(
          "%s has %d bytes; its shape %s needs %d.\nMaybe it is truncated."
              .formatted(name, bytes.size(), shape, expected));
    }
    if (shape.isEmpty()) {
      throw new IOException(name + " is a single number, not an array of examples.");
    }
    return new NumpyArray(name, List.copyOf(shape), type, offset, bytes);
  }

  private static long size(String name, String digits) throws IOException {
    if (!digits.matches("\\d{1,18}")) {
      throw new IOException("%s has the size '%s' in its shape.".formatted(name, digits));
    }
    return Long.parseLong(digits);
  }

  private static String find(String name, Pattern pattern, String header) throws IOException {
    Matcher matcher = pattern.matcher(header);
    if (!matcher.find()) {
      throw new IOException("%s has no %s in its header.".formatted(name, pattern.pattern()));
    }
    return matcher.group(1);
  }

  int rows() {
    return Math.toIntExact(shape.get(0));
  }

  /** Numbers in a row. */
  int width() {
    return Math.toIntExact(
        shape.stream().skip(1).mapToLong(Long::longValue).reduce(1, Math::multiplyExact));
  }

  /** The rows asked for, one after the other. Neighbours are read together. */
  double[] read(int... indices) throws IOException {
    int width = width();
    double[] values = new double[Math.multiplyExact(indices.length, width)];
    int most = Math.max(1, LARGEST_READ / Math.max(1, width * type.bytes()));
    for (int from = 0; from < indices.length; ) {
      int run = 1;
      while (run < most
          && from + run < indices.length
          && indices[from + run] == indices[from] + run) {
        run++;
      }
      read(indices[from], run, values, from * width);
      from += run;
    }
    return values;
  }

  private void read(int first, int count, double[] values, int at) throws IOException {
    if (first < 0 || first + count > rows()) {
      throw new IllegalArgumentException(
          "There is no row %d in %s of shape %s."
              .formatted(first < 0 ? first : rows(), name, shape));
    }
    int numbers = count * width();
    ByteBuffer buffer = ByteBuffer.allocate(numbers * type.bytes()).order(type.order());
    bytes.read(buffer, offset + (long) first * width() * type.bytes());
    for (int k = 0; k < numbers; k++) {
      values[at + k] = type.read(buffer, k * type.bytes());
    }
  }
}
