package org.explain4j.api.moments;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Named arrays in numpy's {@code .npz} format, so that other tools can read them; of any size, with
 * a checksum each.
 */
public final class NumpyArchive {
  private static final java.time.LocalDateTime LONG_AGO =
      java.time.LocalDateTime.of(1980, 1, 1, 0, 0);

  private NumpyArchive() {}

  /**
   * Writes atomically: a reader sees the old file or the new one.
   *
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, Map<String, INDArray> arrays) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    Files.createDirectories(parent);
    Path draft = parent.resolve("." + file.getFileName() + ".tmp");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(draft));
          ZipOutputStream zip = new ZipOutputStream(out)) {
        zip.setLevel(0); // floating-point numbers hardly shrink, and take long to
        for (Map.Entry<String, INDArray> array : arrays.entrySet()) {
          ZipEntry entry = new ZipEntry(array.getKey() + ".npy");
          entry.setTimeLocal(LONG_AGO); // the same arrays make the same bytes
          zip.putNextEntry(entry);
          NumpyStream.write(zip, array.getValue());
          zip.closeEntry();
        }
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /**
   * @throws IOException if the file is missing, damaged or no such archive; the message names it
   */
  public static Map<String, INDArray> read(Path file) throws IOException {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : java.util.Collections.list(zip.entries())) {
        if (!entry.getName().endsWith(".npy")) {
          throw new IOException("'" + entry.getName() + "' is no .npy file");
        }
        String name = entry.getName().substring(0, entry.getName().length() - ".npy".length());
        arrays.put(name, read(zip, entry));
      }
    } catch (IOException | RuntimeException e) {
      throw new IOException(file + ": not a readable numpy archive: " + e.getMessage(), e);
    }
    return arrays;
  }

  private static INDArray read(ZipFile zip, ZipEntry entry) throws IOException {
    CRC32 checksum = new CRC32();
    try (DataInputStream in =
        new DataInputStream(
            new CheckedInputStream(
                new BufferedInputStream(zip.getInputStream(entry), 1 << 16), checksum))) {
      INDArray array = NumpyStream.read(in);
      in.readAllBytes();
      if (checksum.getValue() != entry.getCrc()) {
        throw new IOException("'" + entry.getName() + "' is damaged: its checksum differs");
      }
      return array;
    }
  }
}
