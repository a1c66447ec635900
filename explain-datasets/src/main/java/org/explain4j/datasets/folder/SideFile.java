package org.explain4j.datasets.folder;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.explain4j.network.files.RealFile;

/** Files that a setting names: among the images, or beside the experiment file. */
final class SideFile {
  private SideFile() {}

  /**
   * @throws IOException if it is in neither place, or a Git LFS pointer or the like
   */
  static byte[] read(ImageStore store, Path base, String file) throws IOException {
    byte[] content = content(store, base, file);
    RealFile.require(file, content);
    return content;
  }

  private static byte[] content(ImageStore store, Path base, String file) throws IOException {
    try (ImageStore.Session session = store.open()) {
      return session.read(file);
    } catch (FileNotFoundException e) {
      if (Files.isRegularFile(base.resolve(file))) {
        return Files.readAllBytes(base.resolve(file));
      }
      throw new IOException(missing(file), e);
    }
  }

  /** The message for a file that is in neither place. */
  static String missing(String file) {
    return String.format(
        Locale.ROOT,
        "There is no '%s', neither among the images nor beside the experiment file.",
        file);
  }
}
