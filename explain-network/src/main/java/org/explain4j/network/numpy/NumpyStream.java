package org.explain4j.network.numpy;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Numpy's {@code .npy} format (NEP 1) for floating-point arrays of any size, in chunks: ND4J's own
 * reader and writer hold a whole array in a byte array, which ends at 2 GiB. Other types go through
 * those.
 */
public final class NumpyStream {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int CHUNK = 1 << 20;
  private static final Pattern HEADER =
      Pattern.compile(
          "'descr': '[<>|=](\\w)(\\d{1,2})', 'fortran_order': (True|False), 'shape': \\(([0-9, ]*)\\)");

  private NumpyStream() {}

  /**
   * Writes an array of any size; the stream stays open.
   *
   * @throws IOException if the stream takes no more
   */
  public static void write(OutputStream out, INDArray array) throws IOException {
    int bytes = bytes(array.dataType());
    if (bytes == 0) {
      out.write(Nd4j.toNpyByteArray(array.dup('c')));
      return;
    }
    String shape =
        Arrays.stream(array.shape()).mapToObj(s -> s + ",").collect(Collectors.joining(" "));
    String dictionary =
        "{'descr': '<f%d', 'fortran_order': False, 'shape': (%s), }".formatted(bytes, shape);
    int padding = 63 - (MAGIC.length + 4 + dictionary.length()) % 64;
    byte[] header = (dictionary + " ".repeat(padding) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    out.write(MAGIC);
    out.write(new byte[] {1, 0, (byte) header.length, (byte) (header.length >> 8)});
    out.write(header);
    INDArray numbers = flat(array);
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK * bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (long from = 0; from < numbers.length(); from += CHUNK) {
      try (INDArray part = part(numbers, from).dup('c')) {
        buffer.clear();
        if (bytes == 8) {
          buffer.asDoubleBuffer().put(part.data().asDouble());
        } else {
          buffer.asFloatBuffer().put(part.data().asFloat());
        }
        out.write(buffer.array(), 0, (int) part.length() * bytes);
      }
    }
  }

  /**
   * Reads an array.
   *
   * @param size bytes that the stream holds, which the array's header must agree with
   * @throws IOException if it is no array, or of another size
   */
  public static INDArray read(DataInputStream in, long size) throws IOException {
    byte[] start = in.readNBytes(MAGIC.length + 4);
    if (start.length < MAGIC.length + 4 || !Arrays.equals(start, 0, 6, MAGIC, 0, 6)) {
      throw new IOException("no numpy array");
    }
    int length = (start[8] & 0xff) | (start[9] & 0xff) << 8;
    byte[] header = in.readNBytes(length);
    String text = new String(header, StandardCharsets.ISO_8859_1);
    Matcher matcher = HEADER.matcher(text);
    if (!matcher.find()) {
      throw new IOException("a header that is not understood: " + text.strip());
    }
    int bytes = Integer.parseInt(matcher.group(2));
    long[] shape =
        Arrays.stream(matcher.group(4).split(","))
            .map(String::strip)
            .filter(s -> !s.isEmpty())
            .mapToLong(Long::parseLong)
            .toArray();
    requireSize(shape, bytes, size - start.length - length);
    boolean floats = text.contains("'<f4'") || text.contains("'<f8'");
    if (start[6] != 1 || !floats || matcher.group(3).equals("True")) {
      return other(start, header, in.readAllBytes());
    }
    INDArray array =
        Nd4j.createUninitialized(bytes == 8 ? DataType.DOUBLE : DataType.FLOAT, shape, 'c');
    fill(in, flat(array), bytes);
    return array;
  }

  private static void fill(DataInputStream in, INDArray numbers, int bytes) throws IOException {
    byte[] raw = new byte[CHUNK * bytes];
    for (long from = 0; from < numbers.length(); from += CHUNK) {
      INDArray target = part(numbers, from);
      int size = (int) target.length() * bytes;
      in.readFully(raw, 0, size);
      ByteBuffer buffer = ByteBuffer.wrap(raw, 0, size).order(ByteOrder.LITTLE_ENDIAN);
      try (INDArray source = numbers(buffer, (int) target.length(), bytes)) {
        target.assign(source);
      }
    }
  }

  /** Before memory is taken: a damaged header may ask for any amount of it. */
  private static void requireSize(long[] shape, int bytes, long held) throws IOException {
    long needed = bytes;
    for (long dimension : shape) {
      needed = Math.multiplyExact(needed, dimension);
    }
    if (needed != held) {
      throw new IOException(
          "shape %s takes %,d bytes, but there are %,d"
              .formatted(Arrays.toString(shape), needed, held));
    }
  }

  private static INDArray numbers(ByteBuffer buffer, int count, int bytes) {
    if (bytes == 8) {
      double[] values = new double[count];
      buffer.asDoubleBuffer().get(values);
      return Nd4j.createFromArray(values);
    }
    float[] values = new float[count];
    buffer.asFloatBuffer().get(values);
    return Nd4j.createFromArray(values);
  }

  private static INDArray other(byte[] start, byte[] header, byte[] rest) {
    byte[] all = Arrays.copyOf(start, start.length + header.length + rest.length);
    System.arraycopy(header, 0, all, start.length, header.length);
    System.arraycopy(rest, 0, all, start.length + header.length, rest.length);
    return Nd4j.createNpyFromByteArray(all).dup('c');
  }

  private static INDArray flat(INDArray array) {
    INDArray plain = array.ordering() == 'c' && !array.isView() ? array : array.dup('c');
    return plain.reshape(plain.length());
  }

  private static INDArray part(INDArray numbers, long from) {
    return numbers.get(NDArrayIndex.interval(from, Math.min(numbers.length(), from + CHUNK)));
  }

  private static int bytes(DataType type) {
    return type == DataType.DOUBLE ? 8 : type == DataType.FLOAT ? 4 : 0;
  }
}
