package org.explain4j.network.files;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * Writes files completely or not at all: a reader sees the old file or the new one, even after a
 * crash.
 */
public final class WholeFile {
  private static final boolean WINDOWS = File.separatorChar == '\\';
  private static final Pattern DRAFT = Pattern.compile("\\..+\\.(\\d{1,18})-\\d+\\.tmp");

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
   * @param content asked a second time if the disk is full, to say how much room it needs
   * @return the sum of what was written, whatever the disk made of it
   * @throws FileSystemException if it cannot be written; it names the file, and an older one stays
   * @throws IOException if the content throws it; likewise
   */
  public static FileSum write(Path file, Content content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path draft = folder.resolve(draft(file));
    // Not a temporary file from the JDK: only the owner can read those.
    try {
      FileSum sum = content(draft, file, content);
      force(draft, file);
      rename(draft, file);
      return sum;
    } catch (IOException e) {
      Files.deleteIfExists(draft);
      throw isOurs(e, file) && Reason.isDiskFull(e) ? full(file, folder, content, e) : e;
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** Whether an error is of writing the file, not of another file that the content is made from. */
  private static boolean isOurs(IOException error, Path file) {
    return error instanceof FileSystemException named && file.toString().equals(named.getFile());
  }

  private static void force(Path draft, Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      channel.force(true); // otherwise a power cut could leave the new name on an empty file
    } catch (IOException e) {
      throw named(file, e, e.getMessage());
    }
  }

  private static FileSum content(Path draft, Path file, Content content) throws IOException {
    CRC32C sum = new CRC32C();
    try (OutputStream disk = new Named(draft(draft, file), file);
        OutputStream out = new BufferedOutputStream(new CheckedOutputStream(disk, sum), 1 << 16)) {
      content.to(out);
    }
    return new FileSum(Files.size(draft), FileSum.hex(sum));
  }

  private static OutputStream draft(Path draft, Path file) throws IOException {
    try {
      return Files.newOutputStream(draft);
    } catch (AccessDeniedException e) {
      throw new AccessDeniedException(file.toString());
    } catch (FileSystemException e) {
      throw named(file, e, e.getReason());
    }
  }

  /** The system's own errors name no file, and are not told from those of the content. */
  private static final class Named extends OutputStream {
    private final OutputStream disk;
    private final Path file;

    Named(OutputStream disk, Path file) {
      this.disk = disk;
      this.file = file;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one});
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        disk.write(bytes, from, length);
      } catch (IOException e) {
        throw named(file, e, e.getMessage());
      }
    }

    @Override
    public void close() throws IOException {
      disk.close();
    }
  }

  private static FileSystemException named(Path file, IOException cause, String reason) {
    FileSystemException named = new FileSystemException(file.toString(), null, reason);
    named.initCause(cause);
    return named;
  }

  private static IOException full(Path file, Path folder, Content content, IOException cause)
      throws IOException {
    long needed = 0;
    try (CountingOutputStream count = new CountingOutputStream()) {
      content.to(count);
      needed = count.bytes;
    } catch (IOException | RuntimeException again) {
      cause.addSuppressed(again);
      return cause;
    }
    return named(
        file,
        cause,
        String.format(
            Locale.ROOT,
            "%s: it takes %d KiB, and %d KiB are free",
            Reason.NO_SPACE,
            needed / 1024 + 1,
            Files.getFileStore(folder).getUsableSpace() / 1024));
  }

  private static final class CountingOutputStream extends OutputStream {
    private long bytes;

    @Override
    public void write(int one) {
      bytes++;
    }

    @Override
    public void write(byte[] more, int from, int length) {
      bytes += length;
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
    if (!WINDOWS) { // there, folders cannot be opened
      try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent())) {
        folder.force(true); // otherwise a power cut could take the new name back
      }
    }
  }

  /**
   * Whether a file is a draft that its writer cannot finish, because the process was killed.
   *
   * @param file with a name of any kind
   */
  public static boolean isAbandoned(Path file) {
    Matcher draft = DRAFT.matcher(String.valueOf(file.getFileName()));
    return draft.matches() && ProcessHandle.of(Long.parseLong(draft.group(1))).isEmpty();
  }

  /**
   * Writes a text as UTF-8.
   *
   * @return as {@link #write(Path, Content)}
   * @throws IOException if it cannot be written; an older file then stays
   */
  public static FileSum write(Path file, String text) throws IOException {
    return write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Every writer has its own: several processes may share a folder, and several threads a process.
   */
  private static String draft(Path file) {
    return String.format(
        Locale.ROOT,
        ".%s.%d-%d.tmp",
        file.getFileName(),
        ProcessHandle.current().pid(),
        Thread.currentThread().getId());
  }
}
