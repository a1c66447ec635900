package org.explain4j.datasets.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.explain4j.api.Download;
import org.explain4j.api.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server on this machine that does what servers do. */
final class FetcherTest {
  private static final byte[] CONTENT = content();
  private static final Patience SHORT =
      new Patience(3, Duration.ofMillis(5), Duration.ofMillis(700), 1 << 20);

  @TempDir private Path folder;
  private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private ExecutorService threads;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void aFileArrivesWholeAndUnderItsName() throws IOException {
    serve("/a", this::ranged);
    Path file = fetch("/a");
    assertThat(file).hasFileName("file.bin").hasBinaryContent(CONTENT);
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void aCheckedFileIsNotFetchedAgain() throws IOException {
    Files.write(folder.resolve("file.bin"), CONTENT);
    serve("/a", exchange -> answer(exchange, 500, new byte[0]));
    assertThat(fetch("/a")).hasBinaryContent(CONTENT);
    assertThat(ranges).isEmpty();
  }

  @Test
  void aBrokenConnectionIsResumedWhereItBroke() throws IOException {
    serve("/a", exchange -> breakOff(exchange, 60_000));
    assertThat(fetch("/a")).hasBinaryContent(CONTENT);
    assertThat(ranges).startsWith("", "bytes=60000-").hasSizeGreaterThan(2);
  }

  @Test
  void aLaterRunGoesOnWithThePart() throws IOException {
    Files.write(folder.resolve("file.bin.part"), java.util.Arrays.copyOf(CONTENT, 1000));
    serve("/a", this::ranged);
    assertThat(fetch("/a")).hasBinaryContent(CONTENT);
    assertThat(ranges).containsExactly("bytes=1000-");
  }

  @Test
  void aServerWithoutRangesIsReadFromTheStart() throws IOException {
    Files.write(folder.resolve("file.bin.part"), java.util.Arrays.copyOf(CONTENT, 1000));
    serve("/a", exchange -> answer(exchange, 200, CONTENT));
    assertThat(fetch("/a")).hasBinaryContent(CONTENT);
  }

  @Test
  void aPartOfSomethingElseIsThrownAway() throws IOException {
    Files.write(folder.resolve("file.bin.part"), new byte[1000]);
    serve("/a", this::ranged);
    assertThat(fetch("/a")).hasBinaryContent(CONTENT);
    assertThat(ranges).containsExactly("bytes=1000-", "");
  }

  @Test
  void aPartLongerThanTheFileIsThrownAway() throws IOException {
    Files.write(folder.resolve("file.bin.part"), new byte[CONTENT.length - 1]);
    serve(
        "/a",
        exchange -> {
          if (exchange.getRequestHeaders().containsKey("Range")) {
            answer(exchange, 416, new byte[0]);
          } else {
            ranged(exchange);
          }
        });
    assertThat(fetch("/a")).hasBinaryContent(CONTENT);
  }

  @Test
  void corruptBytesNeverGetTheFilesName() {
    byte[] corrupt = CONTENT.clone();
    corrupt[70_000] ^= 1;
    serve("/a", exchange -> answer(exchange, 200, corrupt));
    assertThatThrownBy(() -> fetch("/a"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("SHA-256")
        .hasMessageContaining(sha256(corrupt))
        .hasMessageContaining(sha256(CONTENT));
    assertThat(folder.resolve("file.bin")).doesNotExist();
  }

  @Test
  void aDamagedCopyIsReplaced() throws IOException {
    Files.write(folder.resolve("file.bin"), new byte[CONTENT.length]);
    serve("/a", this::ranged);
    assertThat(fetch("/a")).hasBinaryContent(CONTENT);
  }

  @Test
  void moreThanThePromisedSizeIsCutOff() {
    serve("/a", exchange -> answer(exchange, 200, new byte[4 * CONTENT.length]));
    assertThatThrownBy(() -> fetch("/a")).hasMessageContaining("more than the 150000 bytes");
    assertThat(folder.resolve("file.bin.part")).isEmptyFile();
  }

  @Test
  void redirectsAreFollowed() throws IOException {
    serve("/a", exchange -> redirect(exchange, "/b"));
    serve("/b", exchange -> redirect(exchange, "/c"));
    serve("/c", exchange -> breakOff(exchange, 100_000));
    assertThat(fetch("/a")).hasBinaryContent(CONTENT);
  }

  @Test
  void anEndlessRedirectEnds() {
    serve("/a", exchange -> redirect(exchange, "/a"));
    assertThatThrownBy(() -> fetch("/a")).isInstanceOf(IOException.class);
  }

  @Test
  void theNextPlaceIsAskedWhenOneHasNoSuchFile() throws IOException {
    serve("/a", exchange -> answer(exchange, 404, new byte[0]));
    serve("/b", this::ranged);
    assertThat(fetch("/a", "/b")).hasBinaryContent(CONTENT);
    assertThat(ranges).hasSize(2);
  }

  @Test
  void theMessageHasWhatEachPlaceAnswered() {
    serve("/a", exchange -> answer(exchange, 404, new byte[0]));
    serve("/b", exchange -> answer(exchange, 503, new byte[0]));
    assertThatThrownBy(() -> fetch("/a", "/b"))
        .hasMessageContaining("/a: HTTP 404")
        .hasMessageContaining("/b: HTTP 503")
        .hasMessageContaining("Maybe");
    assertThat(ranges).hasSize(1 + SHORT.attempts());
  }

  @Test
  void aSilentServerIsGivenUp() {
    serve(
        "/a",
        exchange -> {
          exchange.sendResponseHeaders(200, CONTENT.length);
          exchange.getResponseBody().write(CONTENT, 0, 10_000);
          exchange.getResponseBody().flush();
          sleep(30_000);
        });
    Fetcher once = new Fetcher(new Patience(1, Duration.ZERO, Duration.ofMillis(400), 1 << 20));
    assertThatThrownBy(() -> once.fetch(file(), List.of(uri("/a")), request(false)))
        .hasMessageContaining("no data for 400 ms");
    assertThat(folder.resolve("file.bin.part")).hasSize(10_000);
  }

  @Test
  void offlineNothingIsAsked() throws IOException {
    serve("/a", this::ranged);
    assertThatThrownBy(() -> offline("/a"))
        .hasMessageContaining("file.bin is not there")
        .hasMessageContaining("network")
        .hasMessageContaining(sha256(CONTENT));
    Files.write(folder.resolve("file.bin"), new byte[5]);
    assertThatThrownBy(() -> offline("/a")).hasMessageContaining("5 bytes instead of 150000");
    Files.write(folder.resolve("file.bin"), CONTENT);
    assertThat(offline("/a")).hasBinaryContent(CONTENT);
    assertThat(ranges).isEmpty();
  }

  @Test
  void aMirrorIsAskedInsteadOfTheOfficialPlaces() throws IOException {
    serve("/mirror/sample/file.bin", this::ranged);
    Published sample = new Sample(file(uri("/official")));
    List<Path> files =
        sample.fetch(
            new Download.Request(folder, Optional.of(uri("/mirror")), false, Progress.silent()));
    assertThat(files).singleElement().asString().endsWith("file.bin");
    assertThat(ranges).hasSize(1);
  }

  @Test
  void progressGoesUpToTheSize() throws IOException {
    serve("/a", exchange -> breakOff(exchange, 60_000));
    List<Long> steps = new ArrayList<>();
    new Fetcher(SHORT)
        .fetch(
            file(),
            List.of(uri("/a")),
            new Download.Request(
                folder, Optional.empty(), false, (task, done, total, note) -> steps.add(done)));
    assertThat(steps).isSorted().endsWith((long) CONTENT.length);
  }

  private record Sample(RemoteFile file) implements Published {
    @Override
    public String id() {
      return "sample";
    }

    @Override
    public String summary() {
      return "One file.";
    }

    @Override
    public List<RemoteFile> files() {
      return List.of(file);
    }
  }

  private Path fetch(String... paths) throws IOException {
    List<URI> sources = List.of(paths).stream().map(this::uri).toList();
    return new Fetcher(SHORT).fetch(file(), sources, request(false));
  }

  private Path offline(String path) throws IOException {
    return new Fetcher(SHORT).fetch(file(), List.of(uri(path)), request(true));
  }

  private Download.Request request(boolean offline) {
    return new Download.Request(folder, Optional.empty(), offline, Progress.silent());
  }

  private static RemoteFile file(URI... sources) {
    return new RemoteFile("file.bin", List.of(sources), CONTENT.length, "SHA-256", sha256(CONTENT));
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + path);
  }

  private void serve(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          ranges.add(range == null ? "" : range);
          try (exchange) {
            handler.handle(exchange);
          }
        });
  }

  private static int start(HttpExchange exchange) {
    String range = exchange.getRequestHeaders().getFirst("Range");
    return range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
  }

  private void ranged(HttpExchange exchange) throws IOException {
    int from = header(exchange);
    exchange.getResponseBody().write(CONTENT, from, CONTENT.length - from);
  }

  /** Promises all and sends at most {@code bytes} of it. */
  private void breakOff(HttpExchange exchange, int bytes) throws IOException {
    int from = header(exchange);
    exchange.getResponseBody().write(CONTENT, from, Math.min(bytes, CONTENT.length - from));
    exchange.getResponseBody().flush();
  }

  private static int header(HttpExchange exchange) throws IOException {
    int from = start(exchange);
    if (from > 0) {
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range",
              "bytes %d-%d/%d".formatted(from, CONTENT.length - 1, CONTENT.length));
    }
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, CONTENT.length - from);
    return from;
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static void redirect(HttpExchange exchange, String to) throws IOException {
    exchange.getResponseHeaders().set("Location", to);
    exchange.sendResponseHeaders(302, -1);
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] content() {
    byte[] bytes = new byte[150_000];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) random.nextInt();
    }
    return bytes;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
