package org.explain4j.network.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.ZipEntry;

/**
 * Whether what a packed file holds fits into memory: asked before it is unpacked, because a small
 * file can hold anything.
 */
public final class Room {
  /** Deflate packs no more bytes than these into one. */
  private static final long MOST_IN_A_BYTE = 1032;

  private static final int SMALL = 1 << 16;

  private Room() {}

  /** Bytes that one file may take on the heap: half of it, as there may be a second copy. */
  private static long bytes() {
    return Runtime.getRuntime().maxMemory() / 2;
  }

  /**
   * @param name of what is unpacked, for the message
   * @throws IOException if so many bytes do not fit on the heap
   */
  public static void require(String name, long bytes) throws IOException {
    if (bytes > bytes()) {
      throw tooLarge(name, String.format(Locale.ROOT, "%d bytes", bytes));
    }
  }

  /**
   * What an entry of a zip file states is only a claim.
   *
   * @param name of the entry, for the message
   * @throws IOException if it cannot hold as many bytes as it states
   */
  public static void requirePossible(String name, ZipEntry entry) throws IOException {
    long most = MOST_IN_A_BYTE * Math.max(0, entry.getCompressedSize()) + SMALL;
    if (entry.getSize() < 0 || entry.getSize() > most) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s is damaged: it states %d bytes, but has only %d packed ones.",
              name,
              entry.getSize(),
              entry.getCompressedSize()));
    }
  }

  /**
   * The same bytes, but reading more than fits on the heap throws an {@link IOException}: for
   * formats that do not state a size.
   *
   * @param name of what is unpacked, for the message
   */
  public static InputStream limited(String name, InputStream in) {
    return new FilterInputStream(in) {
      private long read;

      @Override
      public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? 0 : 1);
        return value;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        count(Math.max(0, count));
        return count;
      }

      @Override
      public long skip(long n) throws IOException {
        long skipped = super.skip(n);
        count(skipped);
        return skipped;
      }

      private void count(long more) throws IOException {
        read += more;
        if (read > bytes()) {
          throw tooLarge(name, String.format(Locale.ROOT, "more than %d bytes", bytes()));
        }
      }
    };
  }

  private static IOException tooLarge(String name, String size) {
    return new IOException(
        String.format(
            Locale.ROOT,
            "%s unpacks to %s; the heap has room for %d.\nMaybe it is damaged; if it is not, set EXPLAIN4J_HEAP to more memory.",
            name,
            size,
            bytes()));
  }
}
