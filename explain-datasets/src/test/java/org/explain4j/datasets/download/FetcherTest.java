package org.explain4j.datasets.download;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.explain4j.datasets.download.LocalServer.CONTENT;
import static org.explain4j.datasets.download.LocalServer.answer;
import static org.explain4j.datasets.download.LocalServer.breakOff;
import static org.explain4j.datasets.download.LocalServer.redirect;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.explain4j.api.Download;
import org.explain4j.api.Progress;
import org.explain4j.network.files.Checksum;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server on this machine that does what servers do. */
final class FetcherTest {
  private static final Patience SHORT =
      new Patience(3, Duration.ofMillis(5), Duration.ofMillis(700), 1 << 20);

  @TempDir private Path folder;
  private LocalServer server;

  @BeforeEach
  void start() throws IOException {
    server = new LocalServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aFileArrivesWholeAndUnderItsName() throws IOException {
    server.serve("/a", LocalServer::ranged);
    assertThat(fetch("/a")).hasFileName("file.bin").hasBinaryContent(CONTENT);
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void aDamagedCopyIsReplaced() throws IOException {
    Files.write(folder.resolve("file.bin"), new byte[CONTENT.length]);
    server.serve("/a", LocalServer::ranged);
    assertThat(fetch("/a")).hasBinaryContent(CONTENT);
  }

  @Test
  void aCheckedFileIsNotFetchedAgain() throws IOException {
    Files.write(folder.resolve("file.bin"), CONTENT);
    server.serve("/a", exchange -> answer(exchange, 500, new byte[0]));
    assertThat(fetch("/a")).hasBinaryContent(CONTENT);
    assertThat(server.ranges).isEmpty();
  }

  @Test
  void aBrokenConnectionIsResumedWhereItBroke() throws IOException {
    server.serve("/a", exchange -> breakOff(exchange, 60_000));
    assertThat(fetch("/a")).hasBinaryContent(CONTENT);
    assertThat(server.ranges).startsWith("", "bytes=60000-").hasSizeGreaterThan(2);
  }

  @Test
  void aLaterRunGoesOnWithThePart() throws IOException {
    Files.write(folder.resolve("file.bin.part"), Arrays.copyOf(CONTENT, 1000));
    server.serve("/a", LocalServer::ranged);
    assertThat(fetch("/a")).hasBinaryContent(CONTENT);
    assertThat(server.ranges).containsExactly("bytes=1000-");
  }

  @Test
  void aServerWithoutRangesIsReadFromTheStart() throws IOException {
    Files.write(folder.resolve("file.bin.part"), Arrays.copyOf(CONTENT, 1000));
    server.serve("/a", exchange -> answer(exchange, 200, CONTENT));
    assertThat(fetch("/a")).hasBinaryContent(CONTENT);
  }

  @Test
  void aPartOfSomethingElseIsThrownAway() throws IOException {
    Files.write(folder.resolve("file.bin.part"), new byte[1000]);
    server.serve("/a", LocalServer::ranged);
    assertThat(fetch("/a")).hasBinaryContent(CONTENT);
    assertThat(server.ranges).containsExactly("bytes=1000-", "");
  }

  @Test
  void aPartLongerThanTheFileIsThrownAway() throws IOException {
    Files.write(folder.resolve("file.bin.part"), new byte[CONTENT.length - 1]);
    server.serve(
        "/a",
        exchange -> {
          if (exchange.getRequestHeaders().containsKey("Range")) {
            answer(exchange, 416, new byte[0]);
          } else {
            LocalServer.ranged(exchange);
          }
        });
    assertThat(fetch("/a")).hasBinaryContent(CONTENT);
  }

  @Test
  void corruptBytesNeverGetTheFilesName() {
    byte[] corrupt = CONTENT.clone();
    corrupt[70_000] ^= 1;
    server.serve("/a", exchange -> answer(exchange, 200, corrupt));
    assertThatThrownBy(() -> fetch("/a"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("SHA-256")
        .hasMessageContaining(sha256(corrupt))
        .hasMessageContaining(sha256(CONTENT));
    assertThat(folder.resolve("file.bin")).doesNotExist();
  }

  @Test
  void moreThanThePromisedSizeIsCutOff() {
    server.serve("/a", exchange -> answer(exchange, 200, new byte[4 * CONTENT.length]));
    assertThatThrownBy(() -> fetch("/a")).hasMessageContaining("more than the 150000 bytes");
    assertThat(folder.resolve("file.bin.part")).isEmptyFile();
  }

  @Test
  void redirectsAreFollowed() throws IOException {
    server.serve("/a", exchange -> redirect(exchange, "/b"));
    server.serve("/b", exchange -> redirect(exchange, "/c"));
    server.serve("/c", exchange -> breakOff(exchange, 100_000));
    assertThat(fetch("/a")).hasBinaryContent(CONTENT);
  }

  @Test
  void anEndlessRedirectEnds() {
    server.serve("/a", exchange -> redirect(exchange, "/a"));
    assertThatThrownBy(() -> fetch("/a")).isInstanceOf(IOException.class);
  }

  @Test
  void theNextPlaceIsAskedWhenOneHasNoSuchFile() throws IOException {
    server.serve("/a", exchange -> answer(exchange, 404, new byte[0]));
    server.serve("/b", LocalServer::ranged);
    assertThat(fetch("/a", "/b")).hasBinaryContent(CONTENT);
    assertThat(server.ranges).hasSize(2);
  }

  @Test
  void theMessageHasWhatEachPlaceAnswered() {
    server.serve("/a", exchange -> answer(exchange, 404, new byte[0]));
    server.serve("/b", exchange -> answer(exchange, 503, new byte[0]));
    assertThatThrownBy(() -> fetch("/a", "/b"))
        .hasMessageContaining("/a: HTTP 404")
        .hasMessageContaining("/b: HTTP 503")
        .hasMessageContaining("Maybe");
    assertThat(server.ranges).hasSize(1 + SHORT.attempts());
  }

  @Test
  void aSilentServerIsGivenUp() {
    server.serve(
        "/a",
        exchange -> {
          exchange.sendResponseHeaders(200, CONTENT.length);
          exchange.getResponseBody().write(CONTENT, 0, 10_000);
          exchange.getResponseBody().flush();
          LockSupport.parkNanos(Duration.ofSeconds(30).toNanos());
        });
    Fetcher once = new Fetcher(new Patience(1, Duration.ZERO, Duration.ofMillis(400), 9));
    assertThatThrownBy(() -> once.fetch(file(), List.of(server.uri("/a")), request(false)))
        .hasMessageContaining("no data for 400 ms");
    assertThat(folder.resolve("file.bin.part")).hasSize(10_000);
  }

  @Test
  void aServerThatSaysLessIsAllIsGivenUp() {
    server.serve("/a", exchange -> answer(exchange, 200, Arrays.copyOf(CONTENT, 9_000)));
    assertThatThrownBy(() -> fetch("/a")).hasMessageContaining("only 9000 of 150000 bytes");
    assertThat(server.ranges).hasSize(SHORT.attempts());
  }

  @Test
  void aServerThatStartsOverAndOverAgainIsGivenUp() {
    Fetcher easily = new Fetcher(new Patience(3, Duration.ZERO, Duration.ofSeconds(5), 1_000));
    server.serve(
        "/a",
        exchange -> {
          boolean rest = exchange.getRequestHeaders().containsKey("Range");
          answer(exchange, rest ? 416 : 200, rest ? new byte[0] : Arrays.copyOf(CONTENT, 9_000));
        });
    assertThatThrownBy(() -> easily.fetch(file(), List.of(server.uri("/a")), request(false)))
        .hasMessageContaining("/a: ");
    assertThat(server.ranges).hasSizeLessThanOrEqualTo(4);
  }

  @Test
  void aServerThatSendsAnotherPartIsGivenUp() throws IOException {
    Files.write(folder.resolve("file.bin.part"), Arrays.copyOf(CONTENT, 1000));
    server.serve(
        "/a",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Range", "bytes 0-999/150000");
          answer(exchange, 206, Arrays.copyOf(CONTENT, 1000));
        });
    assertThatThrownBy(() -> fetch("/a")).hasMessageContaining("another part than that from byte");
    assertThat(server.ranges).hasSize(SHORT.attempts());
  }

  @Test
  void aWebPageInsteadOfTheFileIsAskedForOnce() {
    server.serve(
        "/a",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
          answer(exchange, 200, "<html>Please sign in.</html>".getBytes(UTF_8));
        });
    assertThatThrownBy(() -> fetch("/a")).hasMessageContaining("a web page instead of the file");
    assertThat(server.ranges).hasSize(1);
  }

  @Test
  void offlineNothingIsAsked() throws IOException {
    server.serve("/a", LocalServer::ranged);
    Fetcher fetcher = new Fetcher(SHORT);
    List<URI> sources = List.of(server.uri("/a"));
    assertThatThrownBy(() -> fetcher.fetch(file(), sources, request(true)))
        .hasMessageContainingAll("file.bin does not exist", "network", sha256(CONTENT));
    Files.write(folder.resolve("file.bin"), new byte[5]);
    assertThatThrownBy(() -> fetcher.fetch(file(), sources, request(true)))
        .hasMessageContaining("5 bytes instead of 150000");
    Files.write(folder.resolve("file.bin"), CONTENT);
    assertThat(fetcher.fetch(file(), sources, request(true))).hasBinaryContent(CONTENT);
    assertThat(server.ranges).isEmpty();
  }

  @Test
  void aMirrorIsAskedInsteadOfTheOfficialPlaces() throws IOException {
    server.serve("/mirror/sample/file.bin", LocalServer::ranged);
    Published sample = new Sample(file(server.uri("/official")));
    List<Path> files = sample.fetch(request(false).withMirror(server.uri("/mirror")));
    assertThat(files).singleElement().asString().endsWith("file.bin");
    assertThat(server.ranges).hasSize(1);
  }

  @Test
  void progressGoesUpToTheSize() throws IOException {
    server.serve("/a", exchange -> breakOff(exchange, 60_000));
    List<Long> steps = new ArrayList<>();
    new Fetcher(SHORT)
        .fetch(
            file(),
            List.of(server.uri("/a")),
            Download.Request.of("any", (task, done, total, note) -> steps.add(done))
                .withFolder(folder));
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
    List<URI> sources = List.of(paths).stream().map(server::uri).toList();
    return new Fetcher(SHORT).fetch(file(), sources, request(false));
  }

  private Download.Request request(boolean offline) {
    Download.Request request = Download.Request.of("any", Progress.silent()).withFolder(folder);
    return offline ? request.withoutNetwork() : request;
  }

  private static RemoteFile file(URI... sources) {
    return new RemoteFile("file.bin", List.of(sources), CONTENT.length, "SHA-256", sha256(CONTENT));
  }

  private static String sha256(byte[] bytes) {
    return Checksum.sha256().bytes(bytes).hex();
  }
}
