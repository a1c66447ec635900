package org.explain4j.models.graph;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.explain4j.network.files.Reason;
import org.explain4j.network.files.Room;

/** Reads single entries of zip files, with limits on their size, and verifies their checksums. */
public final class Archives {
  /** Bytes of an entry that describes a network. */
  public static final int LARGEST_TEXT = 1 << 24;

  /** Bytes of an entry that holds its weights. */
  public static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  /** Times that weights shrink at most. */
  private static final int MOST_PACKED = 100;

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
    } catch (IOException e) { // such as EOFException, without a message
      throw new IOException(
          String.format(Locale.ROOT, "%s: a damaged zip file: %s", file, Reason.of(e)), e);
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
      throw new IOException(String.format(Locale.ROOT, "It has no entry '%s'.", name));
    }
    // No more than the entry states: a zip bomb unpacks to more, or states too large a size.
    if (entry.getSize() < 0 || entry.getSize() > limit) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "The entry '%s' of %d bytes is larger than %d.",
              name,
              entry.getSize(),
              limit));
    }
    String title = String.format(Locale.ROOT, "The entry '%s'", name);
    Room.requirePossible(title, entry);
    Room.require(title, entry.getSize());
    requireIncompressible(title, entry);
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes((int) entry.getSize());
      CRC32 sum = new CRC32();
      sum.update(bytes);
      if (bytes.length != entry.getSize() || in.read() >= 0 || sum.getValue() != entry.getCrc()) {
        throw new IOException(title + " is damaged.");
      }
      return bytes;
    }
  }

  /** Trained weights hardly shrink; what does is no such thing, whatever it states. */
  private static void requireIncompressible(String title, ZipEntry entry) throws IOException {
    if (entry.getSize() > LARGEST_TEXT
        && entry.getSize() / MOST_PACKED > entry.getCompressedSize()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s holds %d bytes in %d packed ones: these are not the weights of a trained network.",
              title,
              entry.getSize(),
              entry.getCompressedSize()));
    }
  }
}
