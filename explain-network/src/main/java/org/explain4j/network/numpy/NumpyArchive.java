package org.explain4j.network.numpy;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.explain4j.network.files.WholeFile;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Named arrays in numpy's {@code .npz} format, so that other tools can read them; of any size, with
 * a checksum each.
 */
public final class NumpyArchive {
  private static final java.time.LocalDateTime LONG_AGO =
      java.time.LocalDateTime.of(1980, 1, 1, 0, 0);

  private NumpyArchive() {}

  /** Takes the arrays of an archive one after the other, so that only one need be in memory. */
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
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, Map<String, INDArray> arrays) throws IOException {
    write(
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
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, Contents contents) throws IOException {
    WholeFile.write(
        file,
        out -> {
          try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(0); // floating-point numbers hardly shrink, and take long to
            contents.to((name, array) -> put(zip, name, array));
          }
        });
  }

  private static void put(ZipOutputStream zip, String name, INDArray array) throws IOException {
    ZipEntry entry = new ZipEntry(name + ".npy");
    entry.setTimeLocal(LONG_AGO); // the same arrays make the same bytes
    zip.putNextEntry(entry);
    NumpyStream.write(zip, array);
    zip.closeEntry();
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
   * @throws IOException if the file is missing, damaged or no such archive; the message names it
   */
  public static Map<String, INDArray> read(Path file) throws IOException {
    return read(file, name -> true);
  }

  /**
   * Only some arrays.
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
      for (ZipEntry entry : java.util.Collections.list(zip.entries())) {
        if (!entry.getName().endsWith(".npy")) {
          throw new IOException("'" + entry.getName() + "' is no .npy file");
        }
        String name = entry.getName().substring(0, entry.getName().length() - ".npy".length());
        visitor.visit(zip, name, entry);
      }
    } catch (IOException | RuntimeException e) {
      throw new IOException(file + ": not a readable numpy archive: " + e.getMessage(), e);
    }
  }

  private static INDArray read(ZipFile zip, ZipEntry entry) throws IOException {
    CRC32 checksum = new CRC32();
    try (DataInputStream in =
        new DataInputStream(
            new CheckedInputStream(
                new BufferedInputStream(zip.getInputStream(entry), 1 << 16), checksum))) {
      INDArray array = NumpyStream.read(in, entry.getSize());
      in.readAllBytes();
      if (checksum.getValue() != entry.getCrc()) {
        throw new IOException("'" + entry.getName() + "' is damaged: its checksum differs");
      }
      return array;
    }
  }
}
