package org.explain4j.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.explain4j.network.files.Folders;

/** The files that a task made, part by part; then their folder is deleted. */
final class FileParts implements Iterator<FileParts.Part> {
  /**
   * A part of a file.
   *
   * @param file by its name relative to the run directory
   * @param last whether the file ends with it
   */
  @SuppressWarnings("ArrayRecordComponent") // nothing compares parts
  record Part(String file, byte[] bytes, boolean last) implements Serializable {}

  private final Path folder;
  private final Deque<String> files;
  private InputStream in;
  private byte[] ahead;

  FileParts(Path folder, List<String> files) {
    this.folder = folder;
    this.files = new ArrayDeque<>(files);
    if (files.isEmpty()) {
      delete();
    }
  }

  @Override
  public boolean hasNext() {
    return !files.isEmpty();
  }

  @Override
  public Part next() {
    String file = files.element();
    try {
      if (in == null) {
        in = Files.newInputStream(folder.resolve(file));
        ahead = in.readNBytes(BroadcastFiles.PIECE);
      }
      byte[] bytes = ahead;
      ahead = in.readNBytes(BroadcastFiles.PIECE);
      boolean last = ahead.length == 0;
      if (last) {
        in.close();
        in = null;
        files.remove();
      }
      if (files.isEmpty()) {
        delete();
      }
      return new Part(file, bytes, last);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void delete() {
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
