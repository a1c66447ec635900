package org.explain4j.models.dl4j;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The weights of a DL4J network as ND4J writes them: a buffer that describes a vector, then one
 * that holds it. They are read here number by number: ND4J trusts whatever lengths, strides and
 * orders a damaged file states, and crashes the whole process.
 */
final class Coefficients {
  /** How ND4J kept an array in memory; from the fourth on lengths are written as longs. */
  private static final List<String> ALLOCATIONS =
      List.of("HEAP", "JAVACPP", "DIRECT", "LONG_SHAPE", "MIXED_DATA_TYPES");

  private static final int LONG_FROM = 3;

  /** Numbers in a shape beside sizes and strides: rank, extras, element-wise stride, order. */
  private static final int OTHERS = 4;

  private Coefficients() {}

  /** A buffer's first words. */
  private record Header(long length, String type) {}

  /**
   * @return {@code [1,n]}
   * @throws IOException if the file does not hold one vector and nothing else
   */
  static INDArray read(byte[] bytes) throws IOException {
    ByteArrayInputStream left = new ByteArrayInputStream(bytes);
    try (DataInputStream in = new DataInputStream(left)) {
      long length = length(in);
      Header header = header(in);
      require(
          header.length() == length, "%d numbers where %d are expected", header.length(), length);
      int width = header.type().equals("FLOAT") ? Float.BYTES : Double.BYTES;
      require(
          header.type().equals("FLOAT") || header.type().equals("DOUBLE"),
          "numbers of the type %s; FLOAT and DOUBLE are supported",
          header.type());
      require(
          left.available() == length * width, "%d numbers in %d bytes", length, left.available());
      ByteBuffer rest = ByteBuffer.wrap(bytes, bytes.length - left.available(), left.available());
      return vector(rest, (int) length, width).reshape('c', 1, length);
    } catch (EOFException e) {
      throw new IOException("Its weights (coefficients.bin) end too early.", e);
    }
  }

  /** Of the vector that the first buffer describes. */
  private static long length(DataInputStream in) throws IOException {
    Header header = header(in);
    require(
        header.type().equals("LONG") || header.type().equals("INT"),
        "a shape of the type %s",
        header.type());
    boolean wide = header.type().equals("LONG");
    long rank = next(in, wide);
    require(
        (rank == 1 || rank == 2) && header.length() == 2 * rank + OTHERS,
        "a shape of rank %d in %d numbers",
        rank,
        header.length());
    long[] sizes = next(in, wide, (int) rank);
    long[] strides = next(in, wide, (int) rank);
    long[] others = next(in, wide, OTHERS - 1);
    long length = 1;
    for (int axis = 0; axis < rank; axis++) {
      require(
          sizes[axis] > 0
              && sizes[axis] <= Integer.MAX_VALUE
              && (sizes[axis] == 1 || (length == 1 && strides[axis] == 1)),
          "sizes %s with strides %s",
          Arrays.toString(sizes),
          Arrays.toString(strides));
      length *= sizes[axis];
    }
    long order = others[others.length - 1];
    require(order == 'c' || order == 'f', "an order of axes %d", order);
    return length;
  }

  private static long[] next(DataInputStream in, boolean wide, int count) throws IOException {
    long[] numbers = new long[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = next(in, wide);
    }
    return numbers;
  }

  private static long next(DataInputStream in, boolean wide) throws IOException {
    return wide ? in.readLong() : in.readInt();
  }

  private static Header header(DataInputStream in) throws IOException {
    String allocation = in.readUTF();
    int kind = ALLOCATIONS.indexOf(allocation);
    require(kind >= 0, "a buffer of an unknown kind");
    return new Header(kind < LONG_FROM ? in.readInt() : in.readLong(), in.readUTF());
  }

  private static INDArray vector(ByteBuffer numbers, int length, int width) {
    if (width == Float.BYTES) {
      float[] values = new float[length];
      numbers.asFloatBuffer().get(values);
      return Nd4j.createFromArray(values);
    }
    double[] values = new double[length];
    numbers.asDoubleBuffer().get(values);
    return Nd4j.createFromArray(values);
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be one more dependency
  private static void require(boolean fits, String what, Object... numbers) throws IOException {
    if (!fits) {
      throw new IOException(
          "Its weights (coefficients.bin) are damaged: "
              + String.format(Locale.ROOT, what, numbers)
              + ".");
    }
  }
}
