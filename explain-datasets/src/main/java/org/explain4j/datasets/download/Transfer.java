package org.explain4j.datasets.download;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.explain4j.api.Progress;
import org.explain4j.network.files.Reason;

/** Writes the body of one answer into a file. */
final class Transfer {
  static final String WEB_PAGE = "a web page instead of the file";

  private final FileChannel channel;
  private final RemoteFile file;
  private final long from;
  private final Progress progress;
  private volatile long heard = System.nanoTime();
  private volatile IOException unwritten;
  private volatile String refusal = ""; // why a body was not taken

  Transfer(FileChannel channel, RemoteFile file, long from, Progress progress) {
    this.channel = channel;
    this.file = file;
    this.from = from;
    this.progress = progress;
  }

  /**
   * @return why not all came; empty if it did
   * @throws IOException if the file cannot be written, or the thread is interrupted
   */
  String run(HttpClient client, HttpRequest request, Duration silence) throws IOException {
    CompletableFuture<HttpResponse<Void>> answer = client.sendAsync(request, this::body);
    String failure = outcome(answer, silence);
    if (unwritten != null) {
      throw unwritten;
    }
    return failure;
  }

  private String outcome(CompletableFuture<HttpResponse<Void>> answer, Duration silence)
      throws IOException {
    while (true) {
      try {
        int status = answer.get(50, TimeUnit.MILLISECONDS).statusCode();
        if (status == 416) {
          // The part is longer than the server's file, so it cannot be its beginning.
          channel.truncate(0);
          return "the server's file is shorter than the part that was kept";
        }
        return status == 200 || status == 206 ? refusal : "HTTP " + status;
      } catch (TimeoutException e) {
        if (System.nanoTime() - heard > silence.toNanos() || unwritten != null) {
          answer.cancel(true);
          return "no data for " + silence.toMillis() + " ms";
        }
      } catch (ExecutionException e) {
        Throwable cause = e.getCause();
        return "the connection broke: " + Reason.of(cause);
      } catch (InterruptedException e) {
        answer.cancel(true);
        Thread.currentThread().interrupt();
        throw (IOException)
            new InterruptedIOException("The download was interrupted.").initCause(e);
      }
    }
  }

  private HttpResponse.BodySubscriber<Void> body(HttpResponse.ResponseInfo info) {
    heard = System.nanoTime();
    boolean rest =
        info.statusCode() == 206
            && info.headers()
                .firstValue("Content-Range")
                .map(range -> range.startsWith("bytes " + from + "-"))
                .orElse(false);
    if (!rest && info.statusCode() != 200) {
      refusal = String.format(Locale.ROOT, "another part than that from byte %d on", from);
      return HttpResponse.BodySubscribers.replacing(null);
    }
    if (info.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) {
      refusal = WEB_PAGE;
      return HttpResponse.BodySubscribers.replacing(null);
    }
    try {
      channel.truncate(rest ? from : 0);
      channel.position(rest ? from : 0);
    } catch (IOException e) {
      unwritten = e;
    }
    return HttpResponse.BodySubscribers.ofByteArrayConsumer(this::take);
  }

  private void take(Optional<byte[]> bytes) {
    heard = System.nanoTime();
    if (bytes.isEmpty() || unwritten != null) {
      return;
    }
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes.get());
      while (buffer.hasRemaining() && channel.position() <= file.size()) {
        channel.write(buffer);
      }
      progress.step("Downloading " + file.name(), channel.position(), file.size(), "");
    } catch (IOException e) {
      unwritten = e;
    }
  }
}
