package org.explain4j.api.moments;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Named arrays in numpy's {@code .npz} format, so that other tools can read them. */
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
    Path draft = Files.createTempFile(parent, "." + file.getFileName(), ".tmp");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(draft));
          ZipOutputStream zip = new ZipOutputStream(out)) {
        zip.setLevel(1);
        for (Map.Entry<String, INDArray> array : arrays.entrySet()) {
          ZipEntry entry = new ZipEntry(array.getKey() + ".npy");
          entry.setTimeLocal(LONG_AGO); // the same arrays make the same bytes
          zip.putNextEntry(entry);
          zip.write(Nd4j.toNpyByteArray(array.getValue().dup('c')));
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
        try (InputStream in = zip.getInputStream(entry)) {
          arrays.put(
              entry.getName().substring(0, entry.getName().length() - ".npy".length()),
              Nd4j.createNpyFromByteArray(in.readAllBytes()));
        }
      }
    } catch (IOException | RuntimeException e) {
      throw new IOException(file + ": not a readable numpy archive: " + e.getMessage(), e);
    }
    return arrays;
  }
}
