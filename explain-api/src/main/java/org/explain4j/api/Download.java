package org.explain4j.api;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Files on the web that a user may want, such as data or trained weights. */
public interface Download extends Extension {

  /**
   * Fetches what is not there yet. A file appears under its name only when it is complete and its
   * checksum is right; an interrupted download goes on where it stopped.
   *
   * @return the files, each of them checked
   * @throws IOException if a file cannot be had; the message names it and what to do
   */
  List<Path> fetch(Request request) throws IOException;

  /**
   * The folder where the files of a download are kept, and looked for, unless a setting says
   * otherwise: the download's id in the folder of the system property {@code explain4j.data}, or of
   * the environment variable {@code EXPLAIN4J_DATA}, or in {@code .explain4j/data} of the user.
   */
  static Path folder(String id) {
    String home = Path.of(System.getProperty("user.home"), ".explain4j", "data").toString();
    String data = System.getenv().getOrDefault("EXPLAIN4J_DATA", home);
    return Path.of(System.getProperty("explain4j.data", data), id);
  }

  /**
   * How to fetch.
   *
   * @param folder where the files go; made if it is not there
   * @param mirror to ask instead of the official places: it has the files as {@code MIRROR/ID/FILE}
   * @param offline whether to check what is there and touch no network
   */
  record Request(Path folder, Optional<URI> mirror, boolean offline, Progress progress) {

    /** From the official places into the usual folder. */
    public static Request of(String id, Progress progress) {
      return new Request(Download.folder(id), Optional.empty(), false, progress);
    }
  }
}
