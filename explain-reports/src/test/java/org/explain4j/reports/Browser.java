package org.explain4j.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** Chromium without a window, which opens a page, plays a script in it and says what came of it. */
record Browser(Path folder, int width, int height, List<String> options) {

  /** Chromium's windows are at least as wide. */
  private static final int NARROWEST = 500;

  Browser(Path folder, int width, int height) {
    this(folder, width, height, List.of());
  }

  Browser with(String... more) {
    return new Browser(folder, width, height, List.of(more));
  }

  /** Skips the test where there is no Chromium. */
  private static String program() {
    for (String place : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      for (String name : List.of("chromium", "chromium-browser", "google-chrome")) {
        if (Files.isExecutable(Path.of(place, name))) {
          return place + "/" + name;
        }
      }
    }
    assumeTrue(false, "needs Chromium");
    return "";
  }

  /**
   * The page's document after a script; what the script returns is {@code data-result} of the body,
   * and errors and requests are {@code data-errors}.
   *
   * @param script the body of a function
   */
  Document play(Path page, String script) throws IOException, InterruptedException {
    String watch =
        "<script>window.errors = []; window.onerror = m => errors.push(m);"
            + " new PerformanceObserver(l => l.getEntries().forEach(e => { if (!/^data:/.test(e.name))"
            + " errors.push(e.name); })).observe({type: 'resource', buffered: true});</script>";
    String run =
        "<script>addEventListener('load', () => { let result; try { result = (() => {"
            + script
            + "})(); } catch (e) { errors.push(String(e)); }"
            + " document.body.dataset.result = result;"
            + " document.body.dataset.errors = errors.join('; '); });</script>";
    String html =
        Files.readString(page)
            .replace("<head>", "<head>" + watch)
            .replace("</body>", run + "</body>");
    Path played = Files.writeString(folder.resolve("played.html"), html);
    Path out = folder.resolve("dom.html");
    String opened = (width < NARROWEST ? framed(played) : played).toUri().toString();
    run(out, List.of("--dump-dom", "--virtual-time-budget=3000", opened));
    return Jsoup.parse(Files.readString(out));
  }

  /** What the script returns, of a page that has no error and asks for nothing. */
  String result(Path page, String script) throws IOException, InterruptedException {
    Document played = play(page, script);
    assertThat(played.body().attr("data-errors")).isEmpty();
    return played.body().attr("data-result");
  }

  /** In a frame of the width asked for, which hands on what comes of it. */
  private Path framed(Path played) throws IOException {
    String frame =
        String.format(
            Locale.ROOT,
            "<!DOCTYPE html><body><iframe src='%s' width='%d' height='%d' style='border:0'></iframe>"
                + "<script>addEventListener('load', () => Object.assign(document.body.dataset,"
                + " document.querySelector('iframe').contentDocument.body.dataset));</script>",
            played.getFileName(),
            width,
            height);
    return Files.writeString(folder.resolve("frame.html"), frame);
  }

  /** Prints the page into a PDF file. */
  Path print(Path page) throws IOException, InterruptedException {
    Path pdf = folder.resolve("page.pdf");
    run(folder.resolve("log"), List.of("--print-to-pdf=" + pdf, page.toUri().toString()));
    return pdf;
  }

  private void run(Path out, List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program(), "--headless", "--no-sandbox"));
    command.addAll(List.of("--disable-gpu", "--hide-scrollbars", "--no-first-run"));
    command.add("--host-resolver-rules=MAP * ~NOTFOUND");
    command.add("--user-data-dir=" + folder.resolve("profile"));
    command.add("--allow-file-access-from-files");
    command.add("--window-size=" + width + "," + height);
    command.addAll(options);
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("errors.txt").toFile())
            .start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IOException(
          "The browser hangs: "
              + Files.readString(folder.resolve("errors.txt"), StandardCharsets.UTF_8));
    }
  }
}
