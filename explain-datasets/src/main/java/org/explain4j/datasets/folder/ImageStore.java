package org.explain4j.datasets.folder;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** Where image files are: a folder, or a zip archive that is never unpacked. */
sealed interface ImageStore permits StoredFolder, StoredArchive {
  /** No image file is larger; one that claims to be is damaged or hostile. */
  int LARGEST_FILE = 1 << 26;

  /**
   * What there is.
   *
   * @throws IOException if it cannot be listed; the message names the place
   */
  Listing list() throws IOException;

  /** Opens the store for reading files, also from several threads. */
  Session open() throws IOException;

  /** An open store. */
  interface Session extends Closeable {
    /**
     * @throws FileNotFoundException if there is no such file
     */
    byte[] read(String file) throws IOException;
  }

  /**
   * @throws FileNotFoundException if there is neither a folder nor a file
   */
  static ImageStore of(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return new StoredFolder(path);
    }
    if (Files.isRegularFile(path)) {
      return new StoredArchive(path);
    }
    throw new FileNotFoundException(missing(path));
  }

  /** The message for a store that does not exist. */
  static String missing(Path path) {
    return String.format(
        Locale.ROOT,
        "There is no folder or zip archive '%s'.\nMaybe correct image-folder.path.",
        path);
  }

  /** All of a file. */
  static byte[] bounded(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
    if (bytes.length > LARGEST_FILE) {
      throw new IOException(String.format(Locale.ROOT, "larger than %d bytes", LARGEST_FILE));
    }
    return bytes;
  }

  /** Hidden files and files that macOS adds to archives are not images. */
  static boolean isVisible(String path) {
    return Stream.of(path.split("/")).noneMatch(p -> p.startsWith(".") || p.equals("__MACOSX"));
  }
}
