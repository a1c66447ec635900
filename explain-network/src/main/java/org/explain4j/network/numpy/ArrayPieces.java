package org.explain4j.network.numpy;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.explain4j.network.files.Reason;

/**
 * The sums in an archive in its order, piece by piece; one piece is in memory at a time. If the
 * file turns out to be damaged, {@link #next} throws an {@link UncheckedIOException} that names it.
 */
public final class ArrayPieces implements Iterator<ArrayPiece>, Closeable {
  private static final byte[] NONE = {};
  private static final Set<String> ADDED = Set.of("<f4", "<f8", "<i8");

  private final Path file;
  private final int most;
  private final ZipFile zip;
  private final Deque<ZipEntry> entries = new ArrayDeque<>();
  private Array array;

  /**
   * @param most bytes of numbers in a piece, a multiple of 8
   * @param wanted which arrays, by name
   * @throws IOException if the file is missing or not an archive
   */
  public ArrayPieces(Path file, int most, Predicate<String> wanted) throws IOException {
    this.file = file;
    this.most = most;
    this.zip = new ZipFile(file.toFile());
    for (ZipEntry entry : Collections.list(zip.entries())) {
      if (wanted.test(name(entry))) {
        entries.add(entry);
      }
    }
  }

  private static String name(ZipEntry entry) {
    return entry.getName().replaceFirst("\\.npy$", "");
  }

  /** How many pieces there are at most. */
  public long most() {
    return entries.stream().mapToLong(entry -> entry.getSize() / most + 1).sum();
  }

  @Override
  public boolean hasNext() {
    return array != null || !entries.isEmpty();
  }

  @Override
  public ArrayPiece next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    try {
      boolean first = array == null;
      if (first) {
        array = new Array(entries.remove());
      }
      Array current = array;
      ArrayPiece piece = current.piece(first);
      if (current.left == 0) {
        current.end();
        array = null;
      }
      return piece;
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": " + Reason.of(e), e);
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  /** The array that is being read. */
  private final class Array {
    private final ZipEntry entry;
    private final CRC32 sum = new CRC32();
    private final CheckedInputStream in;
    private final NumpyHeader header;
    private long left; // bytes

    Array(ZipEntry entry) throws IOException {
      this.entry = entry;
      in = new CheckedInputStream(new BufferedInputStream(zip.getInputStream(entry)), sum);
      header = NumpyHeader.read(name(entry), in);
      header.requireSize(name(entry), entry.getSize());
      if (!ADDED.contains(header.type().description())) {
        throw new IOException(
            name(entry) + " has no sums: its type is " + header.type().description());
      }
      left = entry.getSize() - header.size();
    }

    ArrayPiece piece(boolean first) throws IOException {
      int size = (int) Math.min(most, left);
      byte[] numbers = in.readNBytes(size);
      if (numbers.length < size) {
        throw new EOFException(name(entry) + " is truncated");
      }
      left -= size;
      byte[] start = first ? header.bytes() : NONE;
      return new ArrayPiece(name(entry), start, header.type().description(), numbers);
    }

    void end() throws IOException {
      in.close();
      if (sum.getValue() != entry.getCrc()) {
        throw new IOException(name(entry) + " is damaged: its checksum differs.");
      }
    }
  }
}
