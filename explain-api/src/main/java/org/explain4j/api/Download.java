package org.explain4j.api;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Files on the web that a user may want, such as data or trained weights. */
public interface Download extends Extension {

  /**
   * Fetches what is not there yet. A file appears under its name only when it is complete and its
   * checksum is right; an interrupted download continues where it stopped.
   *
   * @return the files, all of them checked
   * @throws IOException if a file cannot be obtained; the message names it and says what to do
   */
  List<Path> fetch(Request request) throws IOException;

  /**
   * The folder where the files of a download are kept, and looked for, unless a setting says
   * otherwise: the download's id in the folder of the system property {@code explain4j.data}, or of
   * the environment variable {@code EXPLAIN4J_DATA}, or in {@code .explain4j/data} in the user's
   * home directory.
   */
  static Path folder(String id) {
    String home = Path.of(System.getProperty("user.home"), ".explain4j", "data").toString();
    String data = System.getenv().getOrDefault("EXPLAIN4J_DATA", home);
    return Path.of(System.getProperty("explain4j.data", data), id);
  }

  /**
   * How to fetch.
   *
   * @param folder where the files go; created if it does not exist
   * @param mirror a server to ask instead of the official ones, which has the files as {@code
   *     MIRROR/ID/FILE}
   * @param offline whether to only check the files that are there, without network access
   * @param timeout after which a silent connection counts as broken
   */
  record Request(
      Path folder, Optional<URI> mirror, boolean offline, Duration timeout, Progress progress) {
    private static final Duration USUAL = Duration.ofSeconds(60);

    /**
     * @throws IllegalArgumentException if the mirror is not on the web, or the timeout not positive
     */
    public Request {
      mirror.ifPresent(Request::requireWeb);
      if (timeout.isNegative() || timeout.isZero()) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "The timeout (%s) must be positive.", timeout));
      }
    }

    private static void requireWeb(URI mirror) {
      if (!List.of("http", "https").contains(String.valueOf(mirror.getScheme()))) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "The mirror '%s' is not a web address.\nMaybe start it with https://; put files that are already on this machine into the download's folder.",
                mirror));
      }
    }

    /** From the official servers into the usual folder. */
    public static Request of(String id, Progress progress) {
      return new Request(Download.folder(id), Optional.empty(), false, USUAL, progress);
    }

    /** Likewise, from another place. */
    public Request withMirror(URI other) {
      return new Request(folder, Optional.of(other), offline, timeout, progress);
    }

    /** Likewise, into another folder. */
    public Request withFolder(Path other) {
      return new Request(other, mirror, offline, timeout, progress);
    }

    /** Likewise, with other patience. */
    public Request withTimeout(Duration other) {
      return new Request(folder, mirror, offline, other, progress);
    }

    /** Likewise, without touching the network. */
    public Request withoutNetwork() {
      return new Request(folder, mirror, true, timeout, progress);
    }
  }
}
