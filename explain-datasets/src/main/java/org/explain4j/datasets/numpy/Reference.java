package org.explain4j.datasets.numpy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Finds the array that a setting names: {@code x.npy}, or {@code data.npz:x} in an archive. */
final class Reference {
  private static final String ARCHIVE = ".npz";

  private Reference() {}

  /**
   * @param base the folder that relative paths start from
   * @throws IOException if there is no such array; the message has the names that there are
   */
  static NumpyArray open(Path base, String reference) throws IOException {
    int split = reference.lastIndexOf(ARCHIVE + ":");
    boolean named = split >= 0;
    Path file = file(base, reference);
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(missing(base, reference));
    }
    if (named || reference.endsWith(ARCHIVE)) {
      return inArchive(file, named ? reference.substring(split + ARCHIVE.length() + 1) : "");
    }
    return NumpyArray.of(file);
  }

  /** The file in which the array is. */
  static Path file(Path base, String reference) {
    int split = reference.lastIndexOf(ARCHIVE + ":");
    return base.resolve(split < 0 ? reference : reference.substring(0, split + ARCHIVE.length()));
  }

  /** What is said of an array whose file is not there. */
  static String missing(Path base, String reference) {
    return "There is no file '%s'.\nMaybe correct the path; it starts from '%s'."
        .formatted(file(base, reference), base.toAbsolutePath());
  }

  private static NumpyArray inArchive(Path file, String key) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry entry = zip.getEntry(key + ".npy");
      if (entry == null) {
        throw new IOException(
            "%s has no array '%s'; it has %s.\nMaybe write %s:NAME."
                .formatted(
                    file,
                    key,
                    zip.stream().map(e -> e.getName().replaceFirst("\\.npy$", "")).toList(),
                    file.getFileName()));
      }
      // The size is a claim until it is read: what unpacks to more is refused.
      int size = Math.toIntExact(Math.min(Math.max(entry.getSize(), 0), Integer.MAX_VALUE - 8));
      try (InputStream in = zip.getInputStream(entry)) {
        byte[] content = in.readNBytes(size);
        if (in.read() >= 0) {
          throw new IOException(
              "'%s' in %s is larger than 2 GiB.\nMaybe save it as a .npy file."
                  .formatted(key, file));
        }
        return NumpyArray.of(file + ":" + key, content);
      }
    } catch (java.util.zip.ZipException | java.io.EOFException e) {
      throw new IOException(file + " is no readable .npz archive: " + e.getMessage(), e);
    }
  }
}
