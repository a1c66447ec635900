package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.explain4j.reports.runs.MetricNote;
import org.explain4j.reports.runs.PairedDifference;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;
import org.explain4j.reports.runs.Score;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A metric that judges some of the images only, and not the methods that are too costly for it. */
final class MetricLimitsTest {
  private static final String FILE =
      """
      name: limits
      dataset: tiny-images
      model: tiny-network
      splits: {a: 40, b: 20, c: 20}
      explain: {images: 8}
      explainers: [gradient, gradient-x-input, smoothgrad, {integrated-gradients: {steps: 30}}]
      metrics:
        - brightness
        - {max-sensitivity: {draws: 3}, images: 5}
        - {brightness: {}, images: 2, label: dim}
      budget: {explainer-passes: 60}
      report: {figures: false}
      batch: 4
      """;

  @TempDir private Path folder;

  private Command explain(String command, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("limits.yaml"), FILE);
    String[] line = new String[options.length + 2];
    line[0] = command;
    line[1] = file.toString();
    System.arraycopy(options, 0, line, 2, options.length);
    Command done = Command.here(line);
    assertThat(done.exitCode()).as(done.errors()).isZero();
    return done;
  }

  private RunDirectory run() throws IOException {
    explain("run", "--out", folder.resolve("out").toString());
    return RunDirectory.of(folder.resolve("out"));
  }

  @Test
  void aMetricJudgesItsOwnNumberOfImages() throws IOException {
    RunDirectory run = run();
    assertThat(run.scores()).isNotEmpty();
    for (Score score : run.scores()) {
      assertThat(score.images()).as(score.toString()).isEqualTo(images(score.metric()));
    }
    assertThat(run.comparisons()).isNotEmpty();
    for (PairedDifference pair : run.comparisons()) {
      assertThat(pair.images() + pair.missing().orElseThrow())
          .as(pair.toString())
          .isEqualTo(images(pair.metric()));
    }
    double[] all = values(run, "brightness");
    assertThat(values(run, "dim")).as("the first images").containsExactly(all[0], all[1]);
  }

  private static long images(String metric) {
    return switch (metric) {
      case "dim" -> 2;
      case "max-sensitivity" -> 5;
      default -> 8;
    };
  }

  private static double[] values(RunDirectory run, String metric) throws IOException {
    return run.array("scores/" + metric + ".mean.gradient.npy").read(0, 1);
  }

  @Test
  void aMetricThatExplainsAgainLeavesOutCostlyMethodsAndSaysSo() throws IOException {
    RunDirectory run = run();
    assertThat(run.scores())
        .filteredOn(score -> score.metric().equals("max-sensitivity"))
        .extracting(Score::explainer)
        .containsExactly("gradient", "gradient-x-input", "integrated-gradients");
    assertThat(run.scores())
        .filteredOn(score -> score.metric().equals("dim"))
        .as("a metric that only looks at maps judges all methods")
        .extracting(Score::explainer)
        .contains("smoothgrad");
    assertThat(run.rows(RunTable.NOTES))
        .filteredOn(MetricNote::isNotRun)
        .containsExactly(
            MetricNote.notRunFor(
                "smoothgrad",
                "max-sensitivity",
                "cost: an explanation needs 100 passes, and 'budget' allows 60",
                "robustness"));
  }

  /** 5 images, 3 draws, and the passes of a gradient twice and of 30 steps. */
  @Test
  void thePlanCountsExplanationsTimesPasses() throws IOException {
    assertThat(explain("validate").output())
        .contains(
            "max-sensitivity: 3 explanations, 5 images; 45 explanations (960 passes)\n",
            "what explains again is not run, for its cost, for methods of more than 60 passes an"
                + " explanation: smoothgrad (100)\n");
  }
}
