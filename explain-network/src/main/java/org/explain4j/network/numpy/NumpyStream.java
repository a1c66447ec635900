package org.explain4j.network.numpy;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * ND4J's floating-point arrays of any size as {@code .npy} files, in chunks: ND4J's own reader and
 * writer hold a whole array in a byte array, which ends at 2 GiB. Other types go through those.
 */
public final class NumpyStream {
  private static final int CHUNK = 1 << 20;

  private NumpyStream() {}

  /**
   * Writes an array of any size; the stream stays open.
   *
   * @throws IOException if the stream cannot be written
   */
  public static void write(OutputStream out, INDArray array) throws IOException {
    int bytes = bytes(array.dataType());
    if (bytes == 0) {
      out.write(Nd4j.toNpyByteArray(array.dup('c')));
      return;
    }
    out.write(NumpyHeader.of(bytes, array.shape()).bytes());
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
   * Reads a {@code .npy} file. ND4J's own reader would map it and keep it open.
   *
   * @throws IOException if it is missing, not an array, or of another size than its header says
   */
  public static INDArray read(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return read(file.toString(), in, Files.size(file));
    }
  }

  /**
   * Reads an array.
   *
   * @param name for messages
   * @param size bytes that the stream holds, which the array's header must agree with
   * @throws IOException if it is not an array, or of another size
   */
  static INDArray read(String name, InputStream in, long size) throws IOException {
    NumpyHeader header = NumpyHeader.read(name, in);
    header.requireSize(name, size);
    INDArray array = cOrdered(header.inC(), in);
    if (!header.fortran()) {
      return array;
    }
    try (array) {
      return array
          .permute(IntStream.range(0, array.rank()).map(i -> array.rank() - 1 - i).toArray())
          .dup('c');
    }
  }

  private static INDArray cOrdered(NumpyHeader header, InputStream in) throws IOException {
    ElementType type = header.type();
    if (type.kind() != 'f') {
      return other(header, in.readAllBytes());
    }
    long[] shape = header.shape().stream().mapToLong(Long::longValue).toArray();
    INDArray array =
        Nd4j.createUninitialized(type.bytes() == 8 ? DataType.DOUBLE : DataType.FLOAT, shape, 'c');
    fill(new DataInputStream(in), flat(array), type);
    return array;
  }

  private static void fill(DataInputStream in, INDArray numbers, ElementType type)
      throws IOException {
    byte[] raw = new byte[CHUNK * type.bytes()];
    for (long from = 0; from < numbers.length(); from += CHUNK) {
      INDArray target = part(numbers, from);
      int size = (int) target.length() * type.bytes();
      in.readFully(raw, 0, size);
      ByteBuffer buffer = ByteBuffer.wrap(raw, 0, size).order(type.order());
      try (INDArray source = numbers(buffer, (int) target.length(), type)) {
        target.assign(source);
      }
    }
  }

  private static INDArray numbers(ByteBuffer buffer, int count, ElementType type) {
    if (type.bytes() == 8) {
      double[] values = new double[count];
      buffer.asDoubleBuffer().get(values);
      return Nd4j.createFromArray(values);
    }
    float[] values = new float[count];
    if (type.bytes() == 2) {
      for (int i = 0; i < count; i++) {
        values[i] = (float) type.read(buffer, 2 * i);
      }
    } else {
      buffer.asFloatBuffer().get(values);
    }
    return Nd4j.createFromArray(values);
  }

  /**
   * ND4J's reader gets a header of ours: its parser is native, trusts what it is given, and takes
   * every array for one in C order.
   */
  private static INDArray other(NumpyHeader header, byte[] numbers) {
    byte[] start = header.bytes();
    ByteBuffer all = ByteBuffer.allocate(Math.addExact(start.length, numbers.length));
    return Nd4j.createNpyFromByteArray(all.put(start).put(numbers).array()).dup('c');
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
