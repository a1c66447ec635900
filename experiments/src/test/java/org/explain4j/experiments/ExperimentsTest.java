package org.explain4j.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.explain4j.experiments.configuration.ConfigurationException;
import org.explain4j.reports.runs.LayerRho;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;
import org.explain4j.reports.runs.Score;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExperimentsTest {
  private static final String TINY =
      """
      name: tiny
      dataset: tiny-images
      model: tiny-network
      splits: {a: 40, b: 20, c: 20}
      estimators: [identity, linear]
      signal-quality: {solvers: [%s], targets: [pre]}
      explain: {images: 8, reference: 4}
      explainers: [gradient, pattern-attribution, broken]
      metrics: [brightness]
      batch: 4
      """;

  @TempDir private Path folder;

  private RunDirectory run(String solvers) throws IOException {
    Path file = Files.writeString(folder.resolve("tiny.yaml"), TINY.formatted(solvers));
    return Experiments.run(file, folder.resolve("out"));
  }

  @Test
  void aRunGivesItsResultsAsRecords() throws IOException {
    RunDirectory run = run("closed-form");
    assertThat(run.scores())
        .extracting(Score::explainer)
        .contains("gradient", "pattern-attribution")
        .doesNotContain("broken");
    assertThat(run.scores()).allSatisfy(score -> assertThat(score.images()).isPositive());
    assertThat(run.images()).hasSize(8);
    assertThat(run.explainers()).hasSize(3);
    assertThat(run.failures())
        .singleElement()
        .satisfies(f -> assertThat(f.cell()).isEqualTo("broken"));
    assertThat(run.rows(RunTable.ACCURACY).get(0).share()).isBetween(0.0, 1.0);
    assertThat(run.path().resolve("report/index.html")).exists();
  }

  @Test
  void settingsReplaceThoseOfTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("tiny.yaml"), TINY.formatted("closed-form"));
    Path out = folder.resolve("two");
    RunDirectory run =
        Experiments.run(file, out, List.of("explain.images=2", "explainers.2=random"));
    assertThat(run.images()).hasSize(2);
    assertThat(run.failures()).isEmpty();
    assertThatThrownBy(() -> Experiments.run(file, out, List.of("explain.images")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("explain.images");
  }

  @Test
  void attributionsBeyondFloat32AreSaidToBeDivided() throws IOException {
    String yaml = TINY.formatted("closed-form").replace("broken]", "broken: {way: beyond-float}]");
    Path file = Files.writeString(folder.resolve("beyond.yaml"), yaml);
    RunDirectory run = Experiments.run(file, folder.resolve("beyond"));
    assertThat(run.explainers())
        .filteredOn(row -> row.note().isPresent())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.status()).isEqualTo("ok");
              assertThat(row.note().orElseThrow()) // an image of each batch of four
                  .startsWith("2 of 8 attributions are beyond float32 (up to 1e40)");
            });
    assertThat(Files.readString(run.path().resolve("report/index.html")))
        .contains("ok: 2 of 8 attributions are beyond float32");
  }

  /** Neither ends the run, and nobody's numbers change. */
  @Test
  void whatOneExplainerDoesWrongStaysItsOwn() throws IOException {
    String yaml = TINY.formatted("closed-form");
    Path file = Files.writeString(folder.resolve("tiny.yaml"), yaml.replace("gradient, ", ""));
    Path worse =
        Files.writeString(
            folder.resolve("worse.yaml"),
            yaml.replace("gradient, ", "{broken: {way: weights}, label: muli}, ")
                .replace("broken]", "{broken: {way: assertion}}]"));
    RunDirectory alone = Experiments.run(file, folder.resolve("alone"));
    RunDirectory beside = Experiments.run(worse, folder.resolve("beside"));
    assertThat(beside.failures())
        .anySatisfy(
            failure -> {
              assertThat(failure.cell()).isEqualTo("muli");
              assertThat(failure.toString()).contains("changed the weights", "restored");
            })
        .anySatisfy(failure -> assertThat(failure.toString()).contains("AssertionError"));
    assertThat(beside.path().resolve("attributions/pattern-attribution.npy"))
        .hasSameBinaryContentAs(alone.path().resolve("attributions/pattern-attribution.npy"));
    assertThat(beside.path().resolve("report/index.html")).exists();
  }

  @Test
  void theGapToTheClosedFormIsACellOfItsOwn() throws IOException {
    assertThat(run("adam").signalQuality())
        .allSatisfy(row -> assertThat(row.solution().gapRho()).isNaN());
    Path cell;
    try (var cells = Files.list(folder.resolve("out/stages/signal-quality"))) {
      cell = cells.filter(c -> c.toString().contains("adam linear")).findFirst().orElseThrow();
    }
    String before = Files.readString(cell);
    RunDirectory both = run("adam, closed-form");
    assertThat(cell).as("rows of finished cells are not rewritten").hasContent(before);
    LayerRho exact = rho(both, "closed-form");
    LayerRho searched = rho(both, "adam");
    assertThat(exact.solution().gapRho()).isNaN();
    assertThat(exact.solution().gapLoss()).isNaN();
    assertThat(searched.solution().gapRho())
        .isEqualTo(searched.rho().band().mean() - exact.rho().band().mean());
    assertThat(searched.solution().gapLoss()).isNotNaN();
  }

  private static LayerRho rho(RunDirectory run, String solver) throws IOException {
    return run.signalQuality().stream()
        .filter(row -> row.task().solver().equals(solver))
        .filter(row -> row.task().estimator().equals("linear"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyProblemOfAFileIsTold() throws IOException {
    Path file = Files.writeString(folder.resolve("bad.yaml"), "sead: 1\nnonsense: 1\n");
    assertThatThrownBy(() -> Experiments.run(file, folder.resolve("bad")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("bad.yaml:1")
        .hasMessageContaining("bad.yaml:2");
    assertThat(folder.resolve("bad")).doesNotExist();
  }
}
