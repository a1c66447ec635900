package org.explain4j.datasets.download;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.explain4j.api.Download;
import org.explain4j.network.files.WholeFile;

/**
 * Fetches one file: into {@code NAME.part}, continuing where an earlier attempt stopped; it gets
 * its own name only when size and checksum are right.
 */
final class Fetcher {
  /** The client's fault, but for a timeout (408) and too many requests (429); or a web page. */
  private static final String NO_USE_TO_REPEAT = "HTTP 4(?!08|29)\\d\\d|" + Transfer.WEB_PAGE;

  private final Patience patience;
  private final HttpClient client;

  Fetcher(Patience patience) {
    this.patience = patience;
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(patience.silence())
            .proxy(new EnvironmentProxies(System.getenv()))
            .build();
  }

  /**
   * @param sources in the order to try them
   * @throws IOException if no source has the right file; the message says what each answered
   */
  Path fetch(RemoteFile file, List<URI> sources, Download.Request request) throws IOException {
    Path target = request.folder().resolve(file.name());
    String problem = Files.exists(target) ? file.problem(target) : target + " does not exist";
    if (problem.isEmpty()) {
      return target;
    }
    if (request.offline()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s, and the network is not to be used.\nMaybe put the file of %s there by hand (%s %s).",
              problem,
              sources.get(0),
              file.algorithm(),
              file.checksum()));
    }
    Files.createDirectories(request.folder());
    Path part = request.folder().resolve(file.name() + ".part");
    try (FileChannel channel =
            FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = locked(channel, part)) {
      fill(channel, file, sources, request);
      WholeFile.rename(part, target);
    }
    return target;
  }

  private static FileLock locked(FileChannel channel, Path part) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return lock;
      }
    } catch (OverlappingFileLockException e) {
      throw new IOException(part + " is already being fetched by this process.", e);
    }
    throw new IOException(part + " is being fetched by another process.\nMaybe wait for it.");
  }

  private void fill(
      FileChannel channel, RemoteFile file, List<URI> sources, Download.Request request)
      throws IOException {
    List<String> failures = new ArrayList<>();
    Path part = request.folder().resolve(file.name() + ".part");
    for (URI source : sources) {
      String failure = from(source, channel, file, request);
      if (failure.isEmpty()) {
        failure = file.problem(part);
        if (failure.isEmpty()) {
          return;
        }
        channel.truncate(0);
      }
      failures.add(source + ": " + failure);
    }
    throw new IOException(
        String.format(
            Locale.ROOT,
            "%s could not be downloaded.\n%s\nMaybe try later (it continues where it stopped), or name a mirror.",
            file.name(),
            String.join("\n", failures)));
  }

  /** Fills the part from one place; empty if it has all its bytes, else why not. */
  private String from(URI source, FileChannel channel, RemoteFile file, Download.Request request)
      throws IOException {
    boolean resumed = channel.size() > 0;
    long most = channel.size(); // a server that starts over and over again gets no further
    for (int failures = 0; ; ) {
      long before = channel.size();
      if (before == file.size()) {
        if (!resumed || file.problem(part(file, request)).isEmpty()) {
          return "";
        }
        // What an earlier run left may be of another version: once more from the start.
        resumed = false;
        channel.truncate(0);
        continue;
      }
      String failure = attempt(source, channel, file, request);
      if (channel.size() > file.size()) {
        channel.truncate(0);
        return String.format(Locale.ROOT, "more than the %d bytes expected", file.size());
      }
      if (failure.matches(NO_USE_TO_REPEAT)) {
        return failure;
      }
      if (channel.size() < file.size()) {
        failures = channel.size() - most >= patience.enough() ? 1 : failures + 1;
        most = Math.max(most, channel.size());
        if (failures >= patience.attempts()) {
          return failure.isEmpty()
              ? String.format(Locale.ROOT, "only %d of %d bytes", channel.size(), file.size())
              : failure;
        }
        rest(failures);
      }
    }
  }

  private static Path part(RemoteFile file, Download.Request request) {
    return request.folder().resolve(file.name() + ".part");
  }

  /** One connection; empty if it brought all that it promised. */
  private String attempt(URI source, FileChannel channel, RemoteFile file, Download.Request request)
      throws IOException {
    long from = channel.size();
    HttpRequest.Builder get = HttpRequest.newBuilder(source).timeout(patience.silence()).GET();
    if (from > 0) {
      get.header("Range", "bytes=" + from + "-");
    }
    return new Transfer(channel, file, from, request.progress())
        .run(client, get.build(), patience.silence());
  }

  private void rest(int failures) throws IOException {
    try {
      Thread.sleep(patience.pause(failures).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("The download was interrupted.").initCause(e);
    }
  }
}
