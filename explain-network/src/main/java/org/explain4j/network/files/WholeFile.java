package org.explain4j.network.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes files completely or not at all: a reader sees the old file or the new one, even after a
 * crash.
 */
public final class WholeFile {
  private WholeFile() {}

  /** What fills a file. */
  @FunctionalInterface
  public interface Content {
    /**
     * @param out buffered; closing it is allowed and not needed
     */
    void to(OutputStream out) throws IOException;
  }

  /**
   * Writes to a draft in the file's folder, which is created if necessary, and gives the draft the
   * file's name when all of it is on disk.
   *
   * @throws IOException if it cannot be written, or if the content throws it; an older file then
   *     stays
   */
  public static void write(Path file, Content content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path draft = folder.resolve(draft(file));
    // Not a temporary file from the JDK: only the owner can read those.
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(draft), 1 << 16)) {
        content.to(out);
      }
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        channel.force(true); // otherwise a power cut could leave the new name on an empty file
      }
      rename(draft, file);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /**
   * Gives a finished draft its file's name, at once: for drafts that take several sessions.
   *
   * @param draft in the same folder
   * @throws IOException if it cannot be renamed; an older file then stays
   */
  public static void rename(Path draft, Path file) throws IOException {
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Writes a text as UTF-8.
   *
   * @throws IOException if it cannot be written; an older file then stays
   */
  public static void write(Path file, String text) throws IOException {
    write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Every writer has its own: several processes may share a folder, and several threads a process.
   */
  private static String draft(Path file) {
    return ".%s.%d-%d.tmp"
        .formatted(
            file.getFileName(), ProcessHandle.current().pid(), Thread.currentThread().getId());
  }
}
