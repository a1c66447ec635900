package org.explain4j.datasets.numpy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.explain4j.network.files.RealFile;
import org.explain4j.network.numpy.NumpyArchive;
import org.explain4j.network.numpy.NumpyArray;

/** Finds the array that a setting names: {@code x.npy}, or {@code data.npz:x} in an archive. */
final class ArrayReference {
  private static final String ARCHIVE = ".npz";

  private ArrayReference() {}

  /**
   * @param base the folder that relative paths start from
   * @throws IOException if there is no such array; the message lists the names that exist
   */
  static NumpyArray open(Path base, String reference) throws IOException {
    int split = reference.lastIndexOf(ARCHIVE + ":");
    boolean named = split >= 0;
    Path file = file(base, reference);
    if (!Files.isRegularFile(file)) {
      throw new FileNotFoundException(missing(base, reference));
    }
    RealFile.require(file);
    if (named || reference.endsWith(ARCHIVE)) {
      String name = named ? reference.substring(split + ARCHIVE.length() + 1) : "";
      return NumpyArchive.array(file, name);
    }
    return NumpyArray.of(file);
  }

  /** The file in which the array is. */
  static Path file(Path base, String reference) {
    int split = reference.lastIndexOf(ARCHIVE + ":");
    return base.resolve(split < 0 ? reference : reference.substring(0, split + ARCHIVE.length()));
  }

  /** The message for an array whose file does not exist. */
  static String missing(Path base, String reference) {
    return String.format(
        Locale.ROOT,
        "There is no file '%s'.\nMaybe correct the path, which is relative to '%s'.",
        file(base, reference),
        base.toAbsolutePath());
  }
}
