package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.explain4j.reports.runs.MetaScore;
import org.explain4j.reports.runs.MetaScore.Space;
import org.explain4j.reports.runs.RunDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code meta-evaluation:} in a run. */
final class MetaEvaluationTest {
  private static final String FILE =
      """
      name: meta
      dataset: tiny-images
      model: tiny-network
      splits: {a: 40, b: 20, c: 20}
      explain: {images: 12}
      explainers: [gradient, gradient-x-input, pattern-net, integrated-gradients]
      metrics:
        - brightness
        - {max-sensitivity: {draws: 2}, images: 3}
        - {mprt: {}, images: 3}
        - deletion
        - completeness
      budget: {explainer-passes: 60, forwards: 5}
      meta-evaluation:
        metrics: [brightness, max-sensitivity, mprt, deletion]
        perturbations: 3
        images: 10
        inputs: {disruptive: {from: -9, to: 9}}
      report: {figures: false}
      batch: 4
      """;

  @TempDir private Path folder;

  private RunDirectory run(String out, String text) throws IOException {
    Path file = Files.writeString(folder.resolve("meta.yaml"), text);
    Command done = Command.here("run", file.toString(), "--out", folder.resolve(out).toString());
    assertThat(done.exitCode()).as(done.errors() + done.output()).isZero();
    return RunDirectory.of(folder.resolve(out));
  }

  @Test
  void everyMetricIsJudgedByInputsAndWeights() throws IOException {
    RunDirectory run = run("out", FILE);
    assertThat(run.metaEvaluation())
        .extracting(row -> row.metric() + " " + row.space().word())
        .containsExactly(
            "brightness input",
            "max-sensitivity input",
            "mprt input",
            "deletion input",
            "brightness weights",
            "max-sensitivity weights",
            "mprt weights",
            "deletion weights");
    for (MetaScore row : run.metaEvaluation()) {
      if (row.metric().equals("deletion")) {
        assertThat(row.note().orElseThrow()).as("budget").startsWith("cost: it needs");
        assertThat(row.mc()).isNaN();
        continue;
      }
      assertThat(row.methods()).as("%s", row).isEqualTo(3);
      assertThat(row.images()).isEqualTo(10);
      assertThat(row.perturbations()).isEqualTo(3);
      if (row.metric().equals("brightness")) {
        assertThat(row.minor()).as("%s", row).isEqualTo(30);
        assertThat(row.disruptive()).as("%s", row).isBetween(1L, 30L);
      } else {
        // Where a rectifier is dead, a method's map is 0 and metrics are undefined.
        assertThat(row.minor()).as("%s", row).isBetween(1L, 30L);
      }
      double mean = (row.iacNr() + row.iacAr() + row.iecNr() + row.iecAr()) / 4;
      if (row.disruptive() > 0) {
        assertThat(row.mc()).as("%s", row).isBetween(0.0, 1.0).isCloseTo(mean, within(1e-12));
      } else {
        assertThat(row.mc()).isNaN();
      }
      assertThat(row.note().orElseThrow())
          .isEqualTo(
              "without integrated-gradients (cost: an explanation needs 100 passes, and 'budget'"
                  + " allows 60)");
    }
    String page = Files.readString(run.path().resolve("report/index.html"));
    assertThat(page).contains("Which metrics deserve belief", "2302.07265");
  }

  /** Metrics share explanations, and what is done is not done again. */
  @Test
  void anotherMetricTakesOverTheExplanations() throws IOException {
    RunDirectory run = run("out", FILE);
    Path map = run.path().resolve("meta-evaluation/weights-minor-1.pattern-net.npy");
    Object before = Files.getLastModifiedTime(map);
    List<MetaScore> rows = run.metaEvaluation();
    RunDirectory more =
        run("out", FILE.replace("[brightness, max-sensitivity, mprt, deletion]", "[]"));
    assertThat(Files.getLastModifiedTime(map)).isEqualTo(before);
    assertThat(more.metaEvaluation()).hasSize(10).containsAll(rows);
    RunDirectory fewer = run("out", FILE.replace("perturbations: 3", "perturbations: 1"));
    assertThat(fewer.metaEvaluation().get(0).minor()).isEqualTo(10);
    assertThat(fewer.has("meta-evaluation/weights-minor-1.pattern-net.npy")).isTrue();
    assertThat(fewer.has("meta-evaluation/weights-minor-2.pattern-net.npy"))
        .as("what nothing asks for any more")
        .isFalse();
  }

  @Test
  void noiseThatChangesNoPredictionLeavesReactivityUndefinedAndSaysSo() throws IOException {
    String weak =
        FILE.replace("{disruptive: {from: -9, to: 9}}", "{disruptive: {from: 0, to: 0}}")
            .replace(
                "metrics: [brightness, max-sensitivity, mprt, deletion]", "metrics: [brightness]");
    RunDirectory run = run("out", weak);
    MetaScore row =
        run.metaEvaluation().stream()
            .filter(r -> r.space() == Space.INPUT)
            .findFirst()
            .orElseThrow();
    assertThat(row.disruptive()).isZero();
    assertThat(row.iacNr()).isBetween(0.0, 1.0);
    assertThat(row.iacAr()).isNaN();
    assertThat(row.mc()).isNaN();
    assertThat(Files.readString(run.path().resolve("report/index.html")))
        .contains("adversary reactivity is undefined: no prediction changed");
  }
}
