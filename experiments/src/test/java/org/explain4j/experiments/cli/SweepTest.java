package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.explain4j.experiments.Experiments;
import org.explain4j.experiments.configuration.ConfigurationException;
import org.explain4j.reports.runs.MetricRank;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;
import org.explain4j.reports.runs.SweptRun;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code explain run} with a matrix of settings. */
final class SweepTest {
  private static final String TINY =
      """
      name: tiny
      dataset: tiny-images
      model: tiny-network
      splits: {a: 40, b: 20, c: 20}
      explain: {images: 12, reference: 4}
      explainers: [gradient-x-input, lrp-0, random, input]
      metrics: [brightness, deletion, {sparseness: {}}, complexity]
      report: {figures: false}
      batch: 4
      matrix:
        %s
      """;

  @TempDir private Path folder;

  private Path file(String matrix) throws IOException {
    return Files.writeString(folder.resolve("tiny.yaml"), TINY.formatted(matrix));
  }

  private Command run(String matrix, String... more) throws IOException {
    Stream<String> start =
        Stream.of("run", file(matrix).toString(), "--out", folder.resolve("out").toString());
    return Command.here(Stream.concat(start, Stream.of(more)).toArray(String[]::new));
  }

  @Test
  void everyCombinationHasItsRunAndAllHaveOneReport() throws IOException {
    Command run = run("explain.images: [12, 16]\n  seed: [1, 2]");
    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(run.errors()).contains("run 1 of 4: images=12, seed=1", "run 4 of 4");
    RunDirectory sweep = new RunDirectory(folder.resolve("out"));
    assertThat(sweep.rows(RunTable.SETTINGS))
        .extracting(SweptRun::setting)
        .containsExactly(
            "images=12, seed=1", "images=12, seed=2", "images=16, seed=1", "images=16, seed=2");
    assertThat(sweep.rows(RunTable.RANKS))
        .extracting(MetricRank::setting)
        .contains("images=12, seed=1", "images=16, seed=2");
    Document page = Jsoup.parse(folder.resolve("out/report/index.html").toFile());
    assertThat(page.select("#settings table").first().select("thead th").eachText())
        .containsExactly(
            "method",
            "images=12, seed=1",
            "images=12, seed=2",
            "images=16, seed=1",
            "images=16, seed=2");
    assertThat(page.select("#ranking").text()).contains("16 scores in 4 settings");
    for (SweptRun one : sweep.rows(RunTable.SETTINGS)) {
      assertThat(folder.resolve("out").resolve(one.folder()).resolve("report/index.html"))
          .isNotEmptyFile();
    }
    Command json = Command.here("report", folder.resolve("out").toString(), "--format", "json");
    assertThat(json.output())
        .contains("over 4 settings, images=12, seed=1 to images=16, seed=2?", "\"ranking_tests\"");
    byte[] before = Files.readAllBytes(folder.resolve("out/report/index.html"));
    assertThat(Command.here("report", folder.resolve("out").toString()).exitCode()).isZero();
    assertThat(folder.resolve("out/report/index.html")).hasBinaryContent(before);
  }

  @Test
  void cellsWithEqualInputsAreComputedOnceAndAreTheVerySame() throws IOException {
    assertThat(run("metrics.1.deletion.steps: [4, 7]").exitCode()).isZero();
    Path first = folder.resolve("out/steps=4");
    Path second = folder.resolve("out/steps=7");
    assertThat(timings(second))
        .contains("attributions,0", "true")
        .doesNotContain("attributions,0.0,false");
    for (String same : List.of("attributions/lrp-0.npy", "scores/sparseness.gini.lrp-0.npy")) {
      assertThat(Files.mismatch(first.resolve(same), second.resolve(same))).isEqualTo(-1);
    }
    String deletion = "scores/deletion.area.lrp-0.npy";
    assertThat(Files.mismatch(first.resolve(deletion), second.resolve(deletion))).isNotNegative();
    // what was lent does not hang on the lender
    Path alone = folder.resolve("alone");
    String[] whole = {
      "run",
      folder.resolve("tiny.yaml").toString(),
      "--out",
      alone.toString(),
      "--set",
      "matrix={}",
      "--set",
      "metrics.1.deletion.steps=7"
    };
    assertThat(Command.here(whole).exitCode()).isZero();
    assertThat(RunFiles.of(second)).isEqualTo(RunFiles.of(alone));
  }

  private static String timings(Path run) throws IOException {
    return Files.readString(run.resolve("timings.csv"));
  }

  @Test
  void aSweepGoesOnWhereItEnded() throws IOException {
    assertThat(run("seed: [1, 2]").exitCode()).isZero();
    Files.delete(folder.resolve("out/seed=2/stages/attributions/lrp-0.json"));
    Command again = run("seed: [1, 2]");
    assertThat(again.exitCode()).as(again.errors()).isZero();
    assertThat(again.output()).contains("1 was left to compute");
  }

  @Test
  void whatNeedsARunSaysThatThisIsASweep() throws IOException {
    assertThat(run("seed: [1, 2]").exitCode()).isZero();
    Command findings = Command.here("findings", folder.resolve("out").toString());
    assertThat(findings.exitCode()).isNotZero();
    assertThat(findings.errors()).contains("is the directory of a sweep", "settings.csv");
  }

  @Test
  void mistakesInAnyCombinationAreToldBeforeAnyWork() throws IOException {
    Command run = run("splits.a: [40, -1]");
    assertThat(run.exitCode()).isEqualTo(Main.CONFIGURATION);
    assertThat(run.errors()).contains("--set splits.a=-1");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aKeyThatDoesNotExistIsTold() throws IOException {
    Command run = run("splits.q: [1, 2]");
    assertThat(run.exitCode()).isEqualTo(Main.CONFIGURATION);
    assertThat(run.errors()).contains("unknown key 'q'");
  }

  @Test
  void theSameValueTwiceIsToldAtItsLine() throws IOException {
    Command run = run("seed: [1, 1]");
    assertThat(run.errors()).contains("tiny.yaml:").contains("at least one value of 'seed'");
  }

  @Test
  void validateListsTheRuns() throws IOException {
    Command validated = Command.here("validate", "--no-plan", file("seed: [1, 2]").toString());
    assertThat(validated.exitCode()).as(validated.errors()).isZero();
    assertThat(validated.output()).contains("# run 1 of 2: seed=1", "# run 2 of 2: seed=2");
  }

  @Test
  void whatIsDoneWithOneRunRefusesASweep() throws IOException {
    Path file = file("seed: [1, 2]");
    assertThatThrownBy(() -> Experiments.run(file, folder.resolve("java")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("stands for 2 runs")
        .hasMessageContaining("--set seed=1 --set matrix={}");
  }
}
