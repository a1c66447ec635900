package org.explain4j.datasets.download;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.explain4j.network.files.Checksum;

/**
 * A file on the web, and how to verify it.
 *
 * @param name of the downloaded file
 * @param sources official addresses, the best first
 * @param size in bytes
 * @param algorithm of the checksum: {@code SHA-256}, or {@code MD5} where nothing better is
 *     published
 * @param checksum in hexadecimal digits
 */
record RemoteFile(String name, List<URI> sources, long size, String algorithm, String checksum) {

  RemoteFile {
    sources = List.copyOf(sources);
    if (!name.equals(Path.of(name).getFileName().toString())) {
      throw new IllegalArgumentException("'" + name + "' is not a plain file name.");
    }
  }

  /** A file with a SHA-256. */
  static RemoteFile of(String name, long size, String sha256, String... folders) {
    List<URI> sources = List.of(folders).stream().map(folder -> URI.create(folder + name)).toList();
    return new RemoteFile(name, sources, size, "SHA-256", sha256);
  }

  /** What is wrong with a copy; empty if it is the file. */
  String problem(Path copy) throws IOException {
    long bytes = Files.size(copy);
    if (bytes != size) {
      return String.format(Locale.ROOT, "%s has %d bytes instead of %d", copy, bytes, size);
    }
    String found = Checksum.of(algorithm).file(copy).hex();
    return found.equals(checksum)
        ? ""
        : String.format(
            Locale.ROOT, "%s has the %s %s instead of %s", copy, algorithm, found, checksum);
  }
}
