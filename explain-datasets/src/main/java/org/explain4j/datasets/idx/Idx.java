package org.explain4j.datasets.idx;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.explain4j.datasets.ByteImages;
import org.explain4j.network.files.RealFile;
import org.explain4j.network.files.Reason;
import org.explain4j.network.files.Room;

/**
 * An array of unsigned bytes in the IDX format: two zero bytes, the type (8: unsigned byte), the
 * number of dimensions, each dimension as a big-endian int, then the values in C order.
 *
 * @see <a href="http://yann.lecun.com/exdb/mnist/">The MNIST page, "File formats"</a>
 */
record Idx(List<Long> shape, byte[] values) {
  private static final int UNSIGNED_BYTE = 8;
  private static final int GZIP_MAGIC = 0x1f8b;

  /** Images and labels that belong together. */
  static ByteImages images(String title, Source images, Source labels, int classes)
      throws IOException {
    Idx pixels = read(images, 3);
    Idx truth = read(labels, 1);
    if (!pixels.shape.get(0).equals(truth.shape.get(0))) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s has %d images, %s has %d labels.\nMaybe one of the files belongs to another set.",
              images.name(),
              pixels.shape.get(0),
              labels.name(),
              truth.shape.get(0)));
    }
    for (int i = 0; i < truth.values.length; i++) {
      if ((truth.values[i] & 0xff) >= classes) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "%s: label %d of image %d is not one of the %d classes.",
                labels.name(),
                truth.values[i] & 0xff,
                i,
                classes));
      }
    }
    List<Long> shape = List.of(1L, pixels.shape.get(1), pixels.shape.get(2));
    return new ByteImages(title, shape, pixels.values, truth.values);
  }

  /**
   * @throws IOException if this is no such array, or it is damaged; the message names it
   */
  static Idx read(Source source, int dimensions) throws IOException {
    try (DataInputStream in = new DataInputStream(plain(source.open()))) {
      List<Long> shape = header(source.name(), in, dimensions);
      long expected = volume(source.name(), shape);
      Room.require(source.name(), expected);
      byte[] values = in.readNBytes(Math.toIntExact(expected));
      if (values.length < expected) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "%s is truncated: its shape %s needs %d values, but it has %d.\nMaybe download it again.",
                source.name(),
                shape,
                expected,
                values.length));
      }
      if (in.read() >= 0) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "%s has more than the %d values of its shape %s.",
                source.name(),
                expected,
                shape));
      }
      return new Idx(shape, values);
    } catch (EOFException | ZipException e) {
      throw new IOException(
          source.name()
              + " is truncated or damaged: "
              + Reason.of(e)
              + "\nMaybe download it again.",
          e);
    }
  }

  private static InputStream plain(InputStream raw) throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw, 1 << 16);
    in.mark(2);
    int magic = in.read() << 8 | in.read();
    in.reset();
    return magic == GZIP_MAGIC ? new GZIPInputStream(in, 1 << 16) : in;
  }

  private static List<Long> header(String name, DataInputStream in, int dimensions)
      throws IOException {
    int magic = in.readInt();
    int expected = UNSIGNED_BYTE << 8 | dimensions;
    if (magic != expected) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s is not an IDX file of %d dimensions: it starts with 0x%08x instead of 0x%08x.",
              name,
              dimensions,
              magic,
              expected));
    }
    List<Long> shape = new ArrayList<>();
    for (int i = 0; i < dimensions; i++) {
      shape.add(Integer.toUnsignedLong(in.readInt()));
    }
    return shape;
  }

  private static long volume(String name, List<Long> shape) throws IOException {
    double volume = shape.stream().mapToDouble(Long::doubleValue).reduce(1, (a, b) -> a * b);
    if (volume < 1 || volume > Integer.MAX_VALUE - 8) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s claims the shape %s: %.0f values are too many.",
              name,
              shape,
              volume));
    }
    return (long) volume;
  }

  /** Where bytes come from, and its name in messages. */
  interface Source {
    String name();

    InputStream open() throws IOException;

    /** A resource beside this class. */
    static Source resource(String name) {
      return new Resource(name);
    }

    /**
     * A file of a folder, compressed ({@code .gz}) or not.
     *
     * @throws FileNotFoundException if neither is there
     */
    static Source file(Path folder, String name) throws FileNotFoundException {
      for (Path path : List.of(folder.resolve(name + ".gz"), folder.resolve(name))) {
        if (Files.isRegularFile(path)) {
          return new File(path);
        }
      }
      throw new FileNotFoundException(
          String.format(
              Locale.ROOT,
              "There is neither %s.gz nor %s in the folder '%s'.",
              name,
              name,
              folder));
    }
  }

  private record Resource(String name) implements Source {
    @Override
    public InputStream open() throws IOException {
      InputStream in = Idx.class.getResourceAsStream(name);
      if (in == null) {
        throw new IOException("The resource '" + name + "' is missing from the jar.");
      }
      return in;
    }
  }

  private record File(Path path) implements Source {
    @Override
    public String name() {
      return path.toString();
    }

    @Override
    public InputStream open() throws IOException {
      RealFile.require(path);
      return Files.newInputStream(path);
    }
  }
}
