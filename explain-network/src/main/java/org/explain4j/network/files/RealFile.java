package org.explain4j.network.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
      Optional<String> advice = advice(file);
      if (advice.isPresent()) {
        throw new IOException(advice.get());
      }
    }
  }

  private static Optional<String> advice(Path file) throws IOException {
    String beginning;
    try (InputStream in = Files.newInputStream(file)) {
      beginning = new String(in.readNBytes(BEGINNING), StandardCharsets.ISO_8859_1);
    }
    String lower = beginning.stripLeading().toLowerCase(Locale.ROOT);
    if (beginning.isEmpty()) {
      return Optional.of(file + " is empty.\nMaybe download or export it again.");
    }
    if (beginning.startsWith(LFS)) {
      return Optional.of(
          "%s is a Git LFS pointer, not the file itself.\nMaybe run \"git lfs pull\" in its repository."
              .formatted(file));
    }
    if (lower.startsWith("<!doctype html") || lower.startsWith("<html")) {
      return Optional.of(
          "%s is a web page, not the file itself.\nMaybe download it again from the link to the raw file."
              .formatted(file));
    }
    return Optional.empty();
  }
}
