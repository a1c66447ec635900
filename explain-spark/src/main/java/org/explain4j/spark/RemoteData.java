package org.explain4j.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.explain4j.network.files.Checksum;

/**
 * Data that a setting names by a URI: {@code hdfs://...}, {@code s3a://...}, or {@code file:} for
 * what lies at the same place on every machine.
 */
final class RemoteData {
  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*");

  private RemoteData() {}

  static boolean isUri(String text) {
    return URI.matcher(text).matches();
  }

  /**
   * Copies a file or a folder to this machine, unless it is there already and has not changed; what
   * is on this machine is read where it is.
   *
   * @param folder for copies
   * @return where it is now
   * @throws IOException naming the URI if it cannot be read
   */
  static Path fetch(String uri, Path folder, Configuration configuration) throws IOException {
    org.apache.hadoop.fs.Path remote = new org.apache.hadoop.fs.Path(uri);
    try {
      FileSystem files = remote.getFileSystem(configuration);
      FileStatus status = files.getFileStatus(remote);
      if (files.getScheme().equals("file")) {
        return Path.of(remote.toUri().getPath());
      }
      Path copy = folder.resolve(key(status)).resolve(remote.getName());
      if (!Files.exists(copy)) {
        Path draft = folder.resolve(key(status) + ".part-" + ProcessHandle.current().pid());
        Files.createDirectories(draft);
        FileUtil.copy(
            files, remote, draft.resolve(remote.getName()).toFile(), false, configuration);
        move(draft, copy.getParent());
      }
      return copy;
    } catch (FileNotFoundException e) {
      throw new IOException(uri + ": there is no such file.\nMaybe correct the path.", e);
    } catch (IOException | RuntimeException e) {
      throw new IOException(uri + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Another process may have been quicker. */
  private static void move(Path draft, Path place) throws IOException {
    try {
      Files.move(draft, place);
    } catch (IOException e) {
      if (!Files.exists(place)) {
        throw e;
      }
    }
  }

  /** A folder's time changes with its files; a file's with its bytes. */
  private static String key(FileStatus status) {
    Checksum sum = Checksum.sha256();
    sum.item(status.getPath().toString());
    sum.item(String.format(Locale.ROOT, "%d %d", status.getLen(), status.getModificationTime()));
    return sum.hex().substring(0, 16);
  }
}
