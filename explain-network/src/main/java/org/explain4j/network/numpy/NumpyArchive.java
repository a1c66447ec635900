package org.explain4j.network.numpy;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.explain4j.network.files.FileSum;
import org.explain4j.network.files.Reason;
import org.explain4j.network.files.Room;
import org.explain4j.network.files.WholeFile;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Named arrays in numpy's {@code .npz} format, so that other tools can read them; of any size, each
 * with a checksum.
 */
public final class NumpyArchive {
  private static final String ENDING = ".npy";
  private static final LocalDateTime LONG_AGO = LocalDateTime.of(1980, 1, 1, 0, 0);

  private NumpyArchive() {}

  /** Receives the arrays of an archive one after another, so only one need be in memory. */
  @FunctionalInterface
  public interface Writer {
    void put(String name, INDArray array) throws IOException;
  }

  /** What fills an archive. */
  @FunctionalInterface
  public interface Contents {
    void to(Writer writer) throws IOException;
  }

  /**
   * Writes atomically: a reader sees the old file or the new one.
   *
   * @return the sum of what was written
   * @throws IOException if it cannot be written
   */
  public static FileSum write(Path file, Map<String, INDArray> arrays) throws IOException {
    return write(
        file,
        writer -> {
          for (Map.Entry<String, INDArray> array : arrays.entrySet()) {
            writer.put(array.getKey(), array.getValue());
          }
        });
  }

  /**
   * Writes atomically, array by array.
   *
   * @return the sum of what was written
   * @throws IOException if it cannot be written
   */
  public static FileSum write(Path file, Contents contents) throws IOException {
    return zipped(file, zip -> contents.to((name, array) -> put(zip, name, array)));
  }

  /** What fills a zip file. */
  @FunctionalInterface
  private interface Entries {
    void to(ZipOutputStream zip) throws IOException;
  }

  private static FileSum zipped(Path file, Entries entries) throws IOException {
    return WholeFile.write(
        file,
        out -> {
          try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(0); // floating-point numbers hardly shrink, and compressing takes long
            entries.to(zip);
          }
        });
  }

  /**
   * Writes atomically, piece by piece, after arrays that are there as a whole.
   *
   * @param first arrays by name
   * @param pieces the others, each array's in order
   * @return the sum of what was written
   * @throws IOException if it cannot be written
   */
  public static FileSum write(Path file, Map<String, INDArray> first, Iterator<ArrayPiece> pieces)
      throws IOException {
    return zipped(
        file,
        zip -> {
          for (Map.Entry<String, INDArray> array : first.entrySet()) {
            put(zip, array.getKey(), array.getValue());
          }
          while (pieces.hasNext()) {
            ArrayPiece piece = pieces.next();
            if (piece.isFirst()) {
              begin(zip, piece.name()); // which ends the one before
              zip.write(piece.header());
            }
            zip.write(piece.numbers());
          }
        });
  }

  private static void put(ZipOutputStream zip, String name, INDArray array) throws IOException {
    begin(zip, name);
    NumpyStream.write(zip, array);
    zip.closeEntry();
  }

  private static void begin(ZipOutputStream zip, String name) throws IOException {
    ZipEntry entry = new ZipEntry(name + ENDING);
    entry.setTimeLocal(LONG_AGO); // the same arrays make the same bytes
    zip.putNextEntry(entry);
  }

  /**
   * The names of a file's arrays, in its order.
   *
   * @throws IOException as {@link #read(Path)}
   */
  public static List<String> names(Path file) throws IOException {
    List<String> names = new ArrayList<>();
    eachEntry(file, (zip, name, entry) -> names.add(name));
    return names;
  }

  /**
   * Reads all arrays, by name.
   *
   * @throws IOException if the file is missing, damaged or not such an archive; the message names
   *     it
   */
  public static Map<String, INDArray> read(Path file) throws IOException {
    return read(file, name -> true);
  }

  /**
   * Reads only some arrays.
   *
   * @throws IOException as {@link #read(Path)}
   */
  public static Map<String, INDArray> read(Path file, Predicate<String> wanted) throws IOException {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    eachEntry(
        file,
        (zip, name, entry) -> {
          if (wanted.test(name)) {
            arrays.put(name, read(zip, entry));
          }
        });
    return arrays;
  }

  @FunctionalInterface
  private interface Visitor {
    void visit(ZipFile zip, String name, ZipEntry entry) throws IOException;
  }

  private static void eachEntry(Path file, Visitor visitor) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException(file + ": there is no such file");
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (!entry.getName().endsWith(ENDING)) {
          throw new IOException("'" + entry.getName() + "' is not a .npy file");
        }
        String name = entry.getName().substring(0, entry.getName().length() - ENDING.length());
        visitor.visit(zip, name, entry);
      }
    } catch (IOException | RuntimeException e) {
      throw new IOException(file + ": not a readable numpy archive: " + Reason.of(e), e);
    }
  }

  private static INDArray read(ZipFile zip, ZipEntry entry) throws IOException {
    String name = "'" + entry.getName() + "'";
    return checked(
        name,
        zip,
        entry,
        in -> {
          INDArray array = NumpyStream.read(name, in, entry.getSize());
          in.readAllBytes();
          return array;
        });
  }

  /**
   * One array, to be read row by row without ND4J; its bytes are held in memory.
   *
   * @throws IOException as {@link #read(Path)}, if there is no such array (the message lists the
   *     names), or if it takes 2 GiB or more
   */
  public static NumpyArray array(Path file, String name) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry entry = zip.getEntry(name + ENDING);
      if (entry == null) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "%s has no array '%s'; it has %s.\nMaybe write %s:NAME.",
                file,
                name,
                zip.stream().map(e -> e.getName().replaceFirst("\\.npy$", "")).toList(),
                file.getFileName()));
      }
      // The stated size is only a claim: an entry that unpacks to more is refused.
      int size = Math.toIntExact(Math.min(Math.max(entry.getSize(), 0), Integer.MAX_VALUE - 8));
      String title = file + ":" + name;
      Room.require(title, entry.getSize());
      byte[] content = checked(title, zip, entry, in -> content(in, size, name, file));
      return NumpyArray.of(title, content);
    } catch (ZipException | EOFException e) {
      throw new IOException(file + ": not a readable numpy archive: " + Reason.of(e), e);
    }
  }

  private static byte[] content(InputStream in, int size, String name, Path file)
      throws IOException {
    byte[] content = in.readNBytes(size);
    if (in.read() >= 0) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "'%s' in %s is larger than 2 GiB.\nMaybe save it as a .npy file.",
              name,
              file));
    }
    return content;
  }

  /** What is made of an entry's bytes. */
  @FunctionalInterface
  private interface Reader<T> {
    T read(InputStream in) throws IOException;
  }

  /** ZipFile itself compares no checksums. */
  private static <T> T checked(String name, ZipFile zip, ZipEntry entry, Reader<T> reader)
      throws IOException {
    Room.requirePossible(name, entry);
    CRC32 checksum = new CRC32();
    try (InputStream in =
        new CheckedInputStream(
            new BufferedInputStream(zip.getInputStream(entry), 1 << 16), checksum)) {
      T result = reader.read(in);
      if (checksum.getValue() != entry.getCrc()) {
        throw new IOException(name + " is damaged: its checksum differs.");
      }
      return result;
    }
  }
}
