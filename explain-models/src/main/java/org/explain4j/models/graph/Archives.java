package org.explain4j.models.graph;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Reads single entries of zip files, with limits on their size, and verifies their checksums. */
public final class Archives {
  /** Bytes of an entry that describes a network. */
  public static final int LARGEST_TEXT = 1 << 24;

  /** Bytes of an entry that holds its weights. */
  public static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private static final byte[] ZIP = {'P', 'K', 3, 4};

  private Archives() {}

  /**
   * Whether a file is a zip file that has an entry.
   *
   * @throws IOException if it starts as a zip file but cannot be read as one
   */
  public static boolean has(Path file, String entry) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      if (!Arrays.equals(in.readNBytes(ZIP.length), ZIP)) {
        return false;
      }
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.getEntry(entry) != null;
    } catch (ZipException e) {
      throw new IOException("%s: a damaged zip file: %s".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * An entry's bytes.
   *
   * @throws IOException if there is no such entry, if it is larger than {@code limit} or than it
   *     states, or if its checksum is wrong
   */
  public static byte[] entry(ZipFile zip, String name, int limit) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException("It has no entry '%s'.".formatted(name));
    }
    // No more than the entry states: a zip bomb unpacks to more, or states too large a size.
    if (entry.getSize() < 0 || entry.getSize() > limit) {
      throw new IOException(
          "The entry '%s' of %d bytes is larger than %d.".formatted(name, entry.getSize(), limit));
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes((int) entry.getSize());
      CRC32 sum = new CRC32();
      sum.update(bytes);
      if (bytes.length != entry.getSize() || in.read() >= 0 || sum.getValue() != entry.getCrc()) {
        throw new IOException("The entry '%s' is damaged.".formatted(name));
      }
      return bytes;
    }
  }
}
