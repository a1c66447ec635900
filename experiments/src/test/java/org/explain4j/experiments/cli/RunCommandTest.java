package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code explain run} as a process, on data small enough for a second of work. */
final class RunCommandTest {
  private static final String TINY =
      """
      name: tiny
      dataset: tiny-images
      model: tiny-network
      splits: {a: 40, b: 20, c: 20}
      estimators: [identity, linear, two-component]
      explain: {images: 8, reference: 4}
      explainers:
        - gradient
        - pattern-net
        - pattern-attribution
        - {slow: {milliseconds: 300}}
        - lrp-0
      metrics:
        - brightness
      batch: 4
      """;

  @TempDir private Path folder;

  private Path tiny() throws IOException {
    return Files.writeString(folder.resolve("tiny.yaml"), TINY);
  }

  /** Every result file with its content; times of day and durations are cut out. */
  private static Map<String, String> results(Path run) throws IOException {
    try (Stream<Path> files = Files.walk(run)) {
      return files
          .filter(Files::isRegularFile)
          .filter(f -> !run.relativize(f).startsWith("stages"))
          .filter(f -> !f.getFileName().toString().matches("timings.csv|environment.json"))
          .filter(f -> !run.relativize(f).startsWith("report"))
          .collect(
              Collectors.toMap(
                  f -> run.relativize(f).toString(),
                  RunCommandTest::content,
                  (a, b) -> a,
                  TreeMap::new));
    }
  }

  private static String content(Path file) {
    try {
      if (file.endsWith("explainers.csv")) {
        return Files.readString(file)
            .replaceAll(",\\d+\\.\\d+(E-\\d+)?,\\d+\\.\\d+(E-\\d+)?,", ",");
      }
      return HexFormat.of().formatHex(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aKilledRunGoesOnAndEndsAsAnUninterruptedOne() throws Exception {
    Path file = tiny();
    Process killed = Command.start(folder, "run", file.toString(), "--out", "killed");
    Path half = folder.resolve("killed/stages/attributions/pattern-attribution.json");
    for (int i = 0; i < 1200 && !Files.exists(half) && killed.isAlive(); i++) {
      Thread.sleep(50);
    }
    assertThat(killed.destroyForcibly().waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(killed.exitValue()).as("ended by SIGKILL").isEqualTo(137);
    assertThat(half).exists();
    assertThat(folder.resolve("killed/stages/attributions/lrp-0.json")).doesNotExist();
    Object before = Files.getLastModifiedTime(folder.resolve("killed/attributions/gradient.npy"));

    Command resumed = Command.run(folder, "run", file.toString(), "--out", "killed");
    Command whole = Command.run(folder, "run", file.toString(), "--out", "whole");

    assertThat(resumed.exitCode()).as(resumed.errors()).isZero();
    assertThat(whole.exitCode()).as(whole.errors()).isZero();
    assertThat(Files.getLastModifiedTime(folder.resolve("killed/attributions/gradient.npy")))
        .as("what was done before is not done again")
        .isEqualTo(before);
    Map<String, String> expected = results(folder.resolve("whole"));
    Map<String, String> found = results(folder.resolve("killed"));
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, text) -> assertThat(found.get(name)).as(name).isEqualTo(text));
    assertThat(results(folder.resolve("whole")))
        .containsKeys(
            "effective.yaml",
            "network.csv",
            "images.csv",
            "images.npy",
            "patterns.csv",
            "patterns/linear/dense.positive.npy",
            "attributions/pattern-net.npy",
            "scores.csv",
            "scores/brightness.mean.gradient.npy",
            "curves.csv",
            "curves/brightness.mean-to-max.slow.npy",
            "curve-axes.csv",
            "comparisons.csv",
            "notes.csv");
    try (Stream<Path> files = Files.walk(folder.resolve("killed"))) {
      assertThat(files.filter(f -> f.toString().endsWith(".tmp"))).isEmpty();
    }
  }

  @Test
  void aFinishedRunCalledAgainKeepsItsTimesAndSaysSo() throws Exception {
    Path file = tiny();
    Command first = Command.run(folder, "run", file.toString(), "--out", "twice");
    assertThat(first.exitCode()).as(first.errors()).isZero();
    assertThat(first.output()).doesNotContain("taken over");
    String environment = Files.readString(folder.resolve("twice/environment.json"));
    String timings = Files.readString(folder.resolve("twice/timings.csv"));
    Thread.sleep(1100); // "started" has seconds

    Command again = Command.run(folder, "run", file.toString(), "--out", "twice");
    assertThat(again.exitCode()).as(again.errors()).isZero();
    assertThat(again.output()).contains("taken over: all ");
    assertThat(folder.resolve("twice/environment.json")).hasContent(environment);
    assertThat(folder.resolve("twice/timings.csv")).hasContent(timings);

    Files.writeString(file, TINY.replace("  - gradient\n", "  - gradient\n  - deconvnet\n"));
    Command more = Command.run(folder, "run", file.toString(), "--out", "twice");
    assertThat(more.output())
        .containsPattern("taken over: \\d+ results.*; \\d were left to compute");
    assertThat(started(Files.readString(folder.resolve("twice/environment.json"))))
        .isEqualTo(started(environment));
    assertThat(folder.resolve("twice/timings.csv")).content().contains("moments,");
  }

  private static String started(String environment) {
    return environment.lines().filter(l -> l.contains("\"started\"")).findFirst().orElseThrow();
  }

  @Test
  void oneFailedMethodLeavesTheRest() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("broken.yaml"),
            TINY.replace("  - gradient\n", "  - gradient\n  - broken\n")
                .replace(
                    "  - lrp-0\n",
                    """
                      - {broken: {way: not-a-number}, label: nan}
                      - {broken: {way: wrong-shape}, label: shape}
                      - {broken: {way: memory}, label: memory}
                    """));
    Command run = Command.run(folder, "run", file.toString(), "--out", "broken");
    assertThat(run.exitCode()).as("one of them ran out of memory").isEqualTo(Main.MEMORY);
    assertThat(run.output()).contains("broken: Node 'dense' is not to my taste.");
    assertThat(run.errors()).doesNotContain("\tat ");
    Path out = folder.resolve("broken");
    List<String> failures = Files.readAllLines(out.resolve("failures.csv"));
    assertThat(String.join("\n", failures))
        .contains("attributions,broken,Node 'dense' is not to my taste.")
        .contains("144 of 144 attributions are not finite")
        .contains("[2, 2]")
        .contains("EXPLAIN4J_OFFHEAP");
    assertThat(out.resolve("explainers.csv")).content().contains("failed,Node 'dense'");
    assertThat(out.resolve("scores.csv")).content().contains("gradient").doesNotContain("broken");
  }

  /** The layer before it has weights of the same shape: its patterns would fit. */
  @Test
  void anEstimatorThatFailsAtALayerHasNoRhoThere() throws Exception {
    String text =
        """
        name: fickle
        dataset: tiny-images
        model: {tiny-network: {hidden: 108}}
        splits: {a: 40, b: 20, c: 20}
        estimators: [fickle]
        signal-quality: {solvers: [closed-form], targets: [pre, post]}
        """;
    Path file = Files.writeString(folder.resolve("fickle.yaml"), text);
    Command run = Command.run(folder, "run", file.toString(), "--out", "fickle");
    assertThat(run.output() + run.errors()).contains("Node 'wide' is not to my taste.");
    assertThat(Files.readAllLines(folder.resolve("fickle/signal-quality.csv")))
        .anyMatch(row -> row.startsWith("narrow,") && row.contains(",post,"))
        .noneMatch(row -> row.startsWith("wide,"));
  }

  @Test
  void rhoThatCannotBeMeasuredTogetherIsMeasuredOneByOne() throws Exception {
    String text =
        """
        name: alone
        dataset: tiny-images
        model: tiny-network
        splits: {a: 40, b: 20, c: 20}
        estimators: [filter, linear]
        signal-quality: {solvers: [alone], targets: [pre, post]}
        """;
    Path file = Files.writeString(folder.resolve("alone.yaml"), text);
    Command run = Command.run(folder, "run", file.toString(), "--out", "alone");
    assertThat(run.exitCode()).as(run.output() + run.errors()).isZero();
    assertThat(run.output() + run.errors()).contains("4 rho together failed; now one by one");
    assertThat(Files.readAllLines(folder.resolve("alone/signal-quality.csv")))
        .filteredOn(row -> row.contains(",alone,"))
        .hasSizeGreaterThanOrEqualTo(4)
        .allMatch(row -> row.contains(",0.5,"));
  }

  @Test
  void badInputEndsWithItsExitCodeAndNoStackTrace() throws Exception {
    Path bad = Files.writeString(folder.resolve("bad.yaml"), TINY + "nonsense: 1\n");
    Command configuration = Command.run(folder, "run", bad.toString());
    assertThat(configuration.exitCode()).isEqualTo(Main.CONFIGURATION);
    assertThat(configuration.errors()).contains("bad.yaml:16:1: nonsense").doesNotContain("\tat ");
    assertThat(folder.resolve("runs")).doesNotExist();

    Path blocked = Files.writeString(folder.resolve("file"), "");
    Command output =
        Command.run(folder, "run", tiny().toString(), "--out", blocked.resolve("x").toString());
    assertThat(output.exitCode()).isEqualTo(Main.INPUT_OUTPUT);
    assertThat(output.errors()).contains("Cannot use the run directory").doesNotContain("\tat ");

    Command few = Command.run(folder, "run", tiny().toString(), "--set", "splits.a=100");
    assertThat(few.exitCode()).isEqualTo(Main.CONFIGURATION);
    assertThat(few.errors()).contains("a (100) and b (20) need 120", "splits.a to 40");
  }
}
