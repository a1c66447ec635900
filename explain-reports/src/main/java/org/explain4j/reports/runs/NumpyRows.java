package org.explain4j.reports.runs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first rows of a {@code .npy} file of floats in C order. ND4J's reader would load the whole
 * file, which may be gigabytes of attributions, and need a native backend to make a report.
 *
 * @param shape of the array in the file, rows first
 * @param rows each row's values
 */
public record NumpyRows(List<Integer> shape, List<float[]> rows) {
  private static final Pattern TYPE = Pattern.compile("'descr':\\s*'([<>|=])f([48])'");
  private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([^)]*)\\)");
  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final int MAGIC = 8;

  public NumpyRows {
    shape = List.copyOf(shape);
    rows = List.copyOf(rows);
  }

  /**
   * Reads at most {@code limit} rows.
   *
   * @throws IOException naming the file if it is missing, cut off or not such an array
   */
  public static NumpyRows read(Path file, int limit) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer start = bytes(channel, 0, MAGIC + 4, file).order(ByteOrder.LITTLE_ENDIAN);
      if ((start.get(0) & 0xff) != 0x93 || start.get(1) != 'N') {
        throw new IOException(file + ": not a .npy file.");
      }
      boolean wide = start.get(6) > 1;
      int length = wide ? start.getInt(MAGIC) : start.getShort(MAGIC) & 0xffff;
      int from = MAGIC + (wide ? 4 : 2);
      if (length < 0 || length > channel.size()) {
        throw new IOException(file + ": damaged header.");
      }
      String header =
          StandardCharsets.ISO_8859_1.decode(bytes(channel, from, length, file)).toString();
      return read(channel, from + length, header, limit, file);
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": missing.", e);
    }
  }

  private static NumpyRows read(FileChannel channel, long from, String header, int limit, Path file)
      throws IOException {
    Matcher type = TYPE.matcher(header);
    Matcher shape = SHAPE.matcher(header);
    if (!type.find() || !shape.find() || !header.contains("'fortran_order': False")) {
      throw new IOException(file + ": expected floats in C order, found " + header.strip() + ".");
    }
    List<Integer> sizes = new ArrayList<>();
    long values = 1;
    Matcher size = NUMBER.matcher(shape.group(1));
    while (size.find()) {
      sizes.add(Integer.parseInt(size.group()));
      values *= sizes.size() == 1 ? 1 : sizes.get(sizes.size() - 1);
    }
    if (sizes.isEmpty() || values > Integer.MAX_VALUE / 8) {
      throw new IOException(file + ": no rows of at most 2 GB, shape " + sizes + ".");
    }
    int width = type.group(2).charAt(0) - '0';
    ByteOrder order = type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < Math.min(limit, sizes.get(0)); i++) {
      int bytes = (int) values * width;
      ByteBuffer row = bytes(channel, from + (long) i * bytes, bytes, file).order(order);
      float[] floats = new float[(int) values];
      for (int k = 0; k < floats.length; k++) {
        floats[k] = width == 4 ? row.getFloat() : (float) row.getDouble();
      }
      rows.add(floats);
    }
    return new NumpyRows(sizes, rows);
  }

  private static ByteBuffer bytes(FileChannel channel, long from, int count, Path file)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, from + buffer.position()) < 0) {
        throw new IOException(
            file + ": cut off after " + channel.size() + " bytes.\nMaybe rerun the experiment.");
      }
    }
    return buffer.flip();
  }
}
