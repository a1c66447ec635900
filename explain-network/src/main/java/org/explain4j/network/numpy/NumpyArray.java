package org.explain4j.network.numpy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * An array in numpy's {@code .npy} format, of any size, read row by row without ND4J: only what is
 * asked for is in memory. Numbers have any type up to float64, and are in C order.
 */
public final class NumpyArray {
  private static final int LARGEST_READ = 1 << 24;

  private final String name;
  private final NumpyHeader header;
  private final Bytes bytes;
  private final int width;

  /** Random access to the bytes of an array. */
  private interface Bytes {
    long size() throws IOException;

    /** Fills the buffer from a position on. */
    void read(ByteBuffer buffer, long position) throws IOException;
  }

  /** A file, opened for each reading. */
  private record InFile(Path path) implements Bytes {
    @Override
    public long size() throws IOException {
      return Files.size(path);
    }

    @Override
    public void read(ByteBuffer buffer, long position) throws IOException {
      try (FileChannel channel = FileChannel.open(path)) {
        while (buffer.hasRemaining()) {
          if (channel.read(buffer, position + buffer.position()) < 0) {
            throw new EOFException(path + " became shorter while it was being read.");
          }
        }
      }
    }
  }

  /** Bytes in memory. */
  private record InMemory(byte[] content) implements Bytes {
    @Override
    public long size() {
      return content.length;
    }

    @Override
    public void read(ByteBuffer buffer, long position) {
      buffer.put(content, Math.toIntExact(position), buffer.remaining());
    }
  }

  private NumpyArray(String name, Bytes bytes, InputStream start) throws IOException {
    this.name = name;
    this.bytes = bytes;
    header = NumpyHeader.read(name, start);
    if (header.fortran()) {
      throw new IOException(
          name + " is in Fortran order.\nMaybe save it with numpy.ascontiguousarray.");
    }
    header.requireSize(name, bytes.size());
    if (shape().isEmpty()) {
      throw new IOException(name + " is a single number, not an array of examples.");
    }
    try {
      Math.toIntExact(shape().get(0));
      width = shape().stream().skip(1).mapToInt(Math::toIntExact).reduce(1, Math::multiplyExact);
      Math.multiplyExact(width, header.type().bytes());
    } catch (ArithmeticException e) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s has the shape %s; the number of rows and the bytes per row must be below 2^31.",
              name,
              shape()),
          e);
    }
  }

  /**
   * Opens a file; its name is the array's.
   *
   * @throws IOException if it is missing, not a {@code .npy} file, or longer or shorter than its
   *     header says
   */
  public static NumpyArray of(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return new NumpyArray(file.toString(), new InFile(file), Channels.newInputStream(channel));
    }
  }

  /**
   * An array in memory.
   *
   * @param name for messages
   * @throws IOException as for a file
   */
  public static NumpyArray of(String name, byte[] content) throws IOException {
    return new NumpyArray(name, new InMemory(content), new ByteArrayInputStream(content));
  }

  /** For messages. */
  public String name() {
    return name;
  }

  /** {@code [n, ...]}: rows first. */
  public List<Long> shape() {
    return header.shape();
  }

  /** n, the first of the shape's lengths. */
  public int rows() {
    return Math.toIntExact(shape().get(0));
  }

  /** Numbers in a row. */
  public int width() {
    return width;
  }

  /**
   * The requested rows, one after another. Neighbouring rows are read together.
   *
   * @throws IOException if the file can no longer be read
   * @throws IllegalArgumentException if there is no such row
   */
  public double[] read(int... rows) throws IOException {
    double[] values = new double[Math.multiplyExact(rows.length, width)];
    int most = Math.max(1, LARGEST_READ / Math.max(1, width * header.type().bytes()));
    for (int from = 0; from < rows.length; ) {
      int run = 1;
      while (run < most && from + run < rows.length && rows[from + run] == rows[from] + run) {
        run++;
      }
      read(rows[from], run, values, from * width);
      from += run;
    }
    return values;
  }

  private void read(int first, int count, double[] values, int at) throws IOException {
    if (first < 0 || first + count > rows()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "There is no row %d in %s of shape %s.",
              first < 0 ? first : rows(),
              name,
              shape()));
    }
    ElementType type = header.type();
    int numbers = count * width;
    ByteBuffer buffer = ByteBuffer.allocate(numbers * type.bytes()).order(type.order());
    bytes.read(buffer, header.size() + (long) first * width * type.bytes());
    for (int k = 0; k < numbers; k++) {
      values[at + k] = type.read(buffer, k * type.bytes());
    }
  }
}
