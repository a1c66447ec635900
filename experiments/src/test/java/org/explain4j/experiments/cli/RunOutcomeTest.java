package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.explain4j.reports.runs.Warning;
import org.explain4j.reports.sections.Standing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunOutcomeTest {
  private static final String TINY =
      """
      name: tiny
      dataset: tiny-images
      model: tiny-network
      splits: {a: 40, b: 20, c: 20}
      explain: {images: 12, reference: 4}
      explainers: [gradient, deconvnet, guided-backprop, lrp-0, gradient-x-input]
      metrics: [{degradation: {patch: 2, steps: 4}}]
      batch: 4
      """;

  @TempDir private Path folder;

  private Command run(String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("tiny.yaml"), TINY);
    List<String> arguments =
        new ArrayList<>(List.of("run", file.toString(), "--out", folder.resolve("out").toString()));
    arguments.addAll(List.of(options));
    return Command.here(arguments.toArray(String[]::new));
  }

  @Test
  void aRunEndsWithWhoIsAheadTheWarningsAndTheReport() throws IOException {
    Command run = run();
    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(run.output())
        .contains("Who is ahead", "degradation aopc (higher is better)")
        .containsPattern("    signal +(better|tie|undecided) +[a-z-]+")
        .containsPattern("    attribution +(better|tie|undecided) +[a-z0-9-]+")
        .contains("warning: Only 12 images are explained")
        .doesNotContain("    function ")
        .endsWith("index.html\n");
    assertThat(run.errors()).contains("plan: ");
  }

  @Test
  void theSameFactsAreThereForPrograms() throws IOException {
    String printed = run().output();
    Command run = run("--json");
    JsonNode facts = new ObjectMapper().readTree(run.output());
    assertThat(facts.path("experiment").asText()).isEqualTo("tiny");
    assertThat(Path.of(facts.path("report").asText())).exists();
    assertThat(facts.path("accuracy").isNumber()).isTrue();
    assertThat(facts.path("warnings").findValuesAsText("text"))
        .anyMatch(text -> text.startsWith("Only 12 images"));
    assertThat(facts.path("taken_over").asInt()).isPositive();
    assertThat(facts.path("computed").asInt()).isZero();
    assertThat(facts.path("failures")).isEmpty();
    for (JsonNode row : facts.path("best")) {
      assertThat(printed).contains(row.path("measure").asText(), row.path("names").get(0).asText());
    }
    assertThat(facts.path("best")).isNotEmpty();
  }

  @Test
  void quietIsWithoutPlanAndProgress() throws IOException {
    Command run = run("--quiet");
    assertThat(run.errors()).isEmpty();
    assertThat(run.output()).contains("Who is ahead").endsWith("index.html\n");
  }

  @Test
  void oneCauseOfSeveralFailuresIsOneLine() {
    RunOutcome outcome =
        new RunOutcome(
            "x",
            "report/index.html",
            null,
            List.of(new Standing("aopc", "signal", "tie", List.of("a", "b"))),
            List.of(new RunOutcome.Recovered("PASS", "lrp-0", 1, "distractor", 45)),
            List.of(new Warning("images", "Few.")),
            List.of(new RunOutcome.Failed("It broke.", List.of("metrics, m a", "metrics, m b"))),
            3,
            2);
    StringWriter text = new StringWriter();
    outcome.print(new PrintWriter(text));
    assertThat(text.toString().lines())
        .containsExactly(
            "PASS  lrp-0                                    |cosine| 1.0000, distractor 45",
            "Who is ahead, by paired tests (undecided: more images might tell)",
            "  aopc",
            "    signal  tie        a, b",
            "failed: metrics, m a and 1 more (failures.csv): It broke.",
            "warning: Few.",
            "taken over: 3 results of an earlier run; 2 were left to compute",
            "report/index.html");
  }
}
