package org.explain4j.network.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Tells a file from what is often in its place: nothing, a Git LFS pointer, a web page. */
public final class RealFile {
  private static final int BEGINNING = 64;
  private static final String LFS = "version https://git-lfs.github.com/spec/";

  private RealFile() {}

  /**
   * Lets a folder pass, and every file but these.
   *
   * @throws IOException if it is one of these, with a message that says what to do; or if it cannot
   *     be read
   */
  public static void require(Path file) throws IOException {
    if (!Files.isDirectory(file)) {
      try (InputStream in = Files.newInputStream(file)) {
        require(file.toString(), in.readNBytes(BEGINNING));
      }
    }
  }

  /**
   * Likewise, of what was read of a file.
   *
   * @param name of the file, for the message
   * @param content all of it, or the first 64 bytes
   * @throws IOException if it is one of these, with a message that says what to do
   */
  public static void require(String name, byte[] content) throws IOException {
    Optional<String> advice =
        advice(name, new String(content, 0, Math.min(BEGINNING, content.length), ISO_8859_1));
    if (advice.isPresent()) {
      throw new IOException(advice.get());
    }
  }

  private static Optional<String> advice(String file, String beginning) {
    String lower = beginning.stripLeading().toLowerCase(Locale.ROOT);
    if (beginning.isEmpty()) {
      return Optional.of(file + " is empty.\nMaybe download or export it again.");
    }
    if (beginning.startsWith(LFS)) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "%s is a Git LFS pointer, not the file itself.\nMaybe run \"git lfs pull\" in its repository.",
              file));
    }
    if (lower.startsWith("<!doctype html") || lower.startsWith("<html")) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "%s is a web page, not the file itself.\nMaybe download it again from the link to the raw file.",
              file));
    }
    return Optional.empty();
  }
}
