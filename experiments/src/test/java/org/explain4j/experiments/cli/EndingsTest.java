package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How {@code explain run} ends when it does not end by itself, or must not. */
final class EndingsTest {
  private static final String TINY =
      """
      name: tiny
      dataset: tiny-images
      model: tiny-network
      splits: {a: 40, b: 20, c: 20}
      explain: {images: 8, reference: 4}
      explainers:
        - gradient
        - %s
        - lrp-0
      batch: 4
      """;

  @TempDir private Path folder;

  private Path file(String explainer) throws IOException {
    return Files.writeString(folder.resolve("tiny.yaml"), TINY.formatted(explainer));
  }

  private Command run(String explainer, String... more) throws Exception {
    Stream<String> start = Stream.of("run", file(explainer).toString(), "--out", "my run");
    return Command.run(folder, Stream.concat(start, Stream.of(more)).toArray(String[]::new));
  }

  private Path out(String name) {
    return folder.resolve("my run").resolve(name);
  }

  @Test
  void aSignalIsAnsweredWithTheCommandThatGoesOn() throws Exception {
    Path file = file("{broken: {way: sleeps}}");
    Process process = Command.start(folder, "run", file.toString(), "--out", "my run");
    for (int i = 0; i < 1200 && !Files.exists(out("stages/attributions/gradient.json")); i++) {
      Thread.sleep(50);
    }
    Thread.sleep(300); // it sleeps
    process.destroy(); // SIGTERM
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(143);
    assertThat(folder.resolve("errors.txt"))
        .content()
        .contains(
            "Interrupted at attributions, broken. Finished work is kept; this goes on: explain run "
                + file
                + " --out 'my run'\n");
  }

  @Test
  void anExtensionThatEndsTheProcessIsNamed() throws Exception {
    Command run = run("{broken: {way: exit}}");
    assertThat(run.errors())
        .contains("The process was ended (System.exit) by attributions, broken.")
        .contains("this goes on: explain run ");
    Command next = run("gradient-x-input");
    assertThat(next.exitCode()).as(next.errors()).isZero();
    assertThat(next.errors()).doesNotContain("goes on");
    assertThat(next.output()).contains("taken over");
  }

  @Test
  void aCellThatTakesTooLongFailsAloneIfItCanBeInterrupted() throws Exception {
    Command run = run("{broken: {way: sleeps}}", "--set", "cell-timeout=2s");
    assertThat(run.exitCode()).as(run.errors()).isEqualTo(Main.FAILED_CELLS);
    assertThat(run.output())
        .contains("failed: attributions, broken: It took longer than 2 s.")
        .contains("cell-timeout");
    assertThat(out("attributions/lrp-0.npy")).exists();
  }

  @Test
  void aCellThatDoesNotStopEndsTheProcessAndLeavesAReport() throws Exception {
    Command run = run("{broken: {way: deaf}}", "--set", "cell-timeout=1s");
    assertThat(run.exitCode()).as(run.errors()).isEqualTo(Main.FAILED_CELLS);
    assertThat(run.errors())
        .contains("failed: attributions, broken: It took longer than 1 s.")
        .contains("this goes on: explain run ");
    assertThat(out("report/index.html")).content().contains("gradient");
    assertThat(out("failures.csv")).content().contains("attributions,broken,");
    assertThat(out("explainers.csv")).content().contains("gradient,");
  }

  @Test
  void arraysBeyondTheLimitFailTheirCellWithTheAdvice() throws Exception {
    Command run = run("{broken: {way: greedy}}");
    assertThat(run.exitCode()).as(run.errors()).isEqualTo(Main.MEMORY);
    assertThat(run.output())
        .contains("failed: attributions, broken: Out of memory")
        .contains("EXPLAIN4J_OFFHEAP");
    assertThat(out("attributions/lrp-0.npy")).exists();
  }

  /** Memory that neither ND4J nor Java counts: only the process as a whole tells. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void memoryThatNobodyCountsFailsItsCellBeforeTheSystemEndsTheProcess() throws Exception {
    Command run =
        Command.runWith(
            List.of("-Xmx256m", "-Dorg.bytedeco.javacpp.maxbytes=256m"),
            folder,
            "run",
            file("{broken: {way: hidden}}").toString(),
            "--out",
            "my run");
    assertThat(run.exitCode()).as(run.errors()).isEqualTo(Main.MEMORY);
    assertThat(run.output())
        .containsPattern(
            "failed: attributions, broken: Out of memory: the process takes \\d{4} MiB outside the"
                + " heap, where 256 MiB are allowed")
        .contains("EXPLAIN4J_OFFHEAP", "index.html");
    assertThat(out("attributions/lrp-0.npy")).exists();
  }

  @Test
  void anotherExperimentIsRefusedUntilItMayOverwrite() throws Exception {
    assertThat(run("gradient-x-input").exitCode()).isZero();
    Command refused =
        run("gradient-x-input", "--set", "name=other", "--set", "dataset.tiny-images.train=70");
    assertThat(refused.exitCode()).isEqualTo(Main.CONFIGURATION);
    assertThat(refused.errors())
        .contains("results of another experiment")
        .contains("name: tiny -> other")
        .contains("SHA-256 of the data: tiny 60 30 -> tiny 70 30")
        .contains("dataset.tiny-images.train: 60 -> 70")
        .contains("--overwrite");
    assertThat(out("effective.yaml")).content().contains("name: tiny");
    assertThat(out("attributions/gradient-x-input.npy")).exists();
    Command agreed = run("gradient-x-input", "--set", "name=other", "--overwrite");
    assertThat(agreed.exitCode()).as(agreed.errors()).isZero();
    assertThat(out("effective.yaml")).content().contains("name: other");
  }

  @Test
  void aChangedSettingSaysFirstWhatIsKeptAndWhatIsNot() throws Exception {
    Command first = run("gradient-x-input");
    assertThat(first.errors()).doesNotContain("changed");
    Command more = run("lrp-epsilon");
    assertThat(more.exitCode()).as(more.errors()).isZero();
    assertThat(more.errors())
        .contains("changed since the last session:\n  explainers[gradient-x-input]")
        .contains(
            "kept: attributions (2), images (2), warnings (2); computed anew: attributions (1);"
                + " removed: 1 that the experiment no longer asks for");
    Command images = run("lrp-epsilon", "--set", "explain.images=9");
    assertThat(images.errors())
        .contains("explain.images: 8 -> 9")
        .contains(
            "kept: images (1), warnings (2); computed anew: attributions (3), images (1); removed:"
                + " nothing");
    assertThat(run("lrp-epsilon", "--set", "explain.images=9").errors()).doesNotContain("changed");
  }

  @Test
  void aLimitThatCannotBeReadIsAnErrorOfTheConfiguration() throws Exception {
    Command run = Command.runWith(List.of("-Dorg.bytedeco.javacpp.maxbytes=lots"), folder, "list");
    assertThat(run.exitCode()).isEqualTo(Main.CONFIGURATION);
    assertThat(run.errors())
        .contains("EXPLAIN4J_OFFHEAP")
        .contains("expected an amount such as 512m or 2g, found 'lots'")
        .doesNotContain("defect");
  }

  @Test
  void aFolderForTemporaryFilesThatIsNotThereIsNamedWithTheOption() throws Exception {
    List<String> options =
        List.of("-Djava.io.tmpdir=" + folder.resolve("none"), "-Djava.awt.headless=true");
    String[] arguments = {
      "run",
      file("gradient-x-input").toString(),
      "--out",
      "my run",
      "--set",
      "metrics=[{degradation: {patch: 2}}]"
    };
    Command run = Command.runWith(options, folder, arguments);
    assertThat(run.exitCode()).as(run.errors()).isEqualTo(Main.INPUT_OUTPUT);
    assertThat(run.errors())
        .contains("Charts need a font", "Maybe free some space there", "-Djava.io.tmpdir=DIR")
        .doesNotContain("defect", "Exception");
    Command next = Command.run(folder, arguments);
    assertThat(next.exitCode()).as(next.errors()).isZero();
    assertThat(next.output()).contains("taken over", "index.html");
  }

  @Test
  void nativeLibrariesThatCannotBeUnpackedAreNamedWithTheOption() throws Exception {
    String none = Files.writeString(folder.resolve("file"), "").resolve("none").toString();
    Command run =
        Command.runWith(
            List.of("-Duser.home=" + none, "-Djava.io.tmpdir=" + none),
            folder,
            "run",
            file("gradient-x-input").toString());
    assertThat(run.exitCode()).isEqualTo(Main.INPUT_OUTPUT);
    assertThat(run.errors())
        .contains("The native libraries cannot be unpacked: ")
        .contains("-Dorg.bytedeco.javacpp.cachedir=DIR")
        .doesNotContain("defect");
  }
}
