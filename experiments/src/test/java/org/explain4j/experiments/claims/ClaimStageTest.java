package org.explain4j.experiments.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.explain4j.experiments.Experiments;
import org.explain4j.reports.Findings;
import org.explain4j.reports.runs.Claim;
import org.explain4j.reports.runs.ClaimStatement;
import org.explain4j.reports.runs.Finding;
import org.explain4j.reports.runs.LayerRho;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;
import org.explain4j.reports.runs.Score;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an experiment file to the page of findings. */
final class ClaimStageTest {
  private static final String RUN =
      """
      name: small
      dataset: {fashion-mnist: {images: embedded}}
      model: pretrained
      splits: {a: 200, b: 200, c: 120, patches-per-image: 5}
      estimators: [random, filter, linear, two-component]
      signal-quality: {solvers: [closed-form], targets: [post], patches-per-image: 5, layers: [conv1, conv2, fc1]}
      explain: {images: 12, reference: 4}
      explainers:
        - gradient
        - guided-backprop
        - {pattern-net: {estimator: linear}, label: pattern-net linear}
        - lrp-0
        - {pattern-attribution: {estimator: two-component}, label: two}
      metrics: [{degradation: {patch: 14, steps: 4, random-seeds: 3}}, input-similarity]
      signal-recovery: {angles: [45], means: [0, 1], noise-levels: [], samples: 2000, explained: 20}
      report: {estimator-maps: {two-component: two, linear: lrp-0}}
      comparisons: {resamples: 200}
      claims: {most: 0.4}
      batch: 50
      """;

  private static @TempDir Path folder;
  private static RunDirectory run;

  @BeforeAll
  static void small() throws IOException {
    Path file = Files.writeString(folder.resolve("small.yaml"), RUN);
    run = Experiments.run(file, folder.resolve("out"));
    assertThat(run.failures()).isEmpty();
  }

  private static List<ClaimStatement> of(Claim claim) throws IOException {
    return run.rows(RunTable.CLAIMS).stream().filter(part -> part.claim() == claim).toList();
  }

  @Test
  void everyClaimHasTheStatementsThatTheRunCanTest() throws IOException {
    assertThat(of(Claim.TOY)).hasSize(2 * 5);
    assertThat(of(Claim.RANDOM_IS_ZERO)).hasSize(3);
    assertThat(of(Claim.FILTER_EARLY_ONLY)).hasSize(2);
    assertThat(of(Claim.LEARNED_REMOVE_MOST)).hasSize(2 * 3 + 1);
    assertThat(of(Claim.FASTEST_DEGRADATION)).hasSize(2 * 3);
    assertThat(of(Claim.SIGNAL_LIKE_INPUT)).hasSize(2 * 2);
  }

  @Test
  void statementsAreThoseOfTheTables() throws IOException {
    for (ClaimStatement part : of(Claim.RANDOM_IS_ZERO)) {
      LayerRho row =
          run.signalQuality().stream()
              .filter(r -> r.task().estimator().equals("random"))
              .filter(r -> part.place().startsWith(r.task().layer() + ","))
              .findFirst()
              .orElseThrow();
      assertThat(part.band()).isEqualTo(row.rho().band());
      assertThat(part.finding())
          .isEqualTo(
              row.rho().imagesHigh() < .05 && row.rho().imagesLow() > -.05
                  ? Finding.SUPPORTED
                  : row.rho().imagesLow() > .05 ? Finding.CONTRADICTED : Finding.UNDECIDED);
    }
    double[] means =
        run.scores().stream()
            .filter(score -> score.score().equals("correlation"))
            .filter(score -> List.of("pattern-net linear", "gradient").contains(score.explainer()))
            .mapToDouble(score -> score.band().mean())
            .toArray();
    ClaimStatement against =
        of(Claim.SIGNAL_LIKE_INPUT).stream()
            .filter(part -> part.place().endsWith("correlation"))
            .filter(part -> part.statement().contains("gradient"))
            .findFirst()
            .orElseThrow();
    assertThat(Math.abs(against.value())).isCloseTo(Math.abs(means[0] - means[1]), within(1e-9));
    assertThat(Arrays.stream(means).anyMatch(Double::isNaN)).isFalse();
    assertThat(of(Claim.FASTEST_DEGRADATION))
        .extracting(ClaimStatement::statement)
        .contains("below " + Score.BASELINE + ": difference", "below lrp-0: difference");
  }

  @Test
  void theyAreInTheReportAndOnThePageOfFindings() throws IOException {
    assertThat(run.text("report/index.html").orElseThrow()).contains("id=\"claims\"");
    Path page = folder.resolve("findings.md");
    Findings.write(List.of(run.path()), page);
    assertThat(Files.readString(page))
        .contains("| small | ", "of splits A 200, B 200, C 120; 12 images explained");
  }
}
