package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Situations in which users once read something that did not help them. */
final class MessagesTest {
  private static final String TINY =
      """
      name: tiny
      dataset: tiny-images
      model: tiny-network
      splits: {a: 20, b: 10, c: 10}
      explain: {images: 4}
      """;

  @TempDir private Path folder;

  private Path file(String more) throws IOException {
    return Files.writeString(folder.resolve("tiny.yaml"), TINY + more);
  }

  private Command run(String more) throws IOException {
    return Command.here("run", file(more).toString(), "--out", folder.resolve("out").toString());
  }

  @Test
  void aFolderInPlaceOfAnExperimentFile() {
    Command validate = Command.here("validate", folder.toString());
    assertThat(validate.exitCode()).isEqualTo(Main.CONFIGURATION);
    assertThat(validate.errors()).contains(folder + ": is a folder");
  }

  @Test
  void aRunDirectoryBelowAFile() throws IOException {
    Path below = Files.writeString(folder.resolve("text"), "").resolve("out");
    Command run =
        Command.here("run", file("explainers: [gradient]").toString(), "--out", below.toString());
    assertThat(run.exitCode()).isEqualTo(Main.INPUT_OUTPUT);
    assertThat(run.errors())
        .contains(
            "Cannot use the run directory " + below, "Maybe choose another folder with --out.")
        .doesNotContain("Exception", "null");
  }

  @Test
  void aMirrorThatIsAFolder() {
    Command download = Command.here("download", "mnist", "--mirror", "file:///tmp/x");
    assertThat(download.exitCode()).isEqualTo(Main.CONFIGURATION);
    assertThat(download.errors())
        .contains("The mirror 'file:///tmp/x' is not a web address.", "Maybe")
        .doesNotContain("defect");
  }

  @Test
  void aProblemOfAPartThatAliasesNameAgainIsOne() throws IOException {
    String aliases = "explainers: [&a {lrp-epsilon: {eps: 1}}, *a, *a, *a]\n";
    Command validate = Command.here("validate", file(aliases).toString());
    assertThat(validate.errors().split("unknown key 'eps'", -1)).hasSize(2);
  }

  @Test
  void oneCauseOfManyFailuresIsPrintedOnce() throws IOException {
    Command run =
        run(
            """
            estimators: [filter, linear]
            signal-quality: {solvers: [greedy], targets: [pre, post]}
            """);
    assertThat(run.exitCode()).as(run.errors()).isEqualTo(Main.FAILED_CELLS);
    assertThat(run.output().split("failed: ", -1)).hasSize(2);
    assertThat(run.output())
        .contains("more (failures.csv): Sigma is not to my taste.")
        .doesNotContain("no covariance");
    assertThat(folder.resolve("out/failures.csv")).content().doesNotContain("no covariance");
    assertThat(Files.readAllLines(folder.resolve("out/failures.csv"))).hasSizeGreaterThan(8);
  }

  @Test
  void escapeCharactersOfAnExperimentFileAreShown() throws IOException {
    Command validate = Command.here("validate", file("\"expl\\e[2Jain\": 1\n").toString());
    assertThat(validate.exitCode()).isEqualTo(Main.CONFIGURATION);
    assertThat(validate.errors()).contains("expl\\u001b[2Jain").doesNotContain("\u001b[2J");
  }

  @Test
  void aModelWithoutItsFile() throws IOException {
    Path missing = folder.resolve("été.onnx");
    Command inspect = Command.here("inspect", missing.toString());
    assertThat(inspect.exitCode()).isEqualTo(Main.INPUT_OUTPUT);
    assertThat(inspect.errors()).contains(missing.toString());
    Files.write(missing, "text".getBytes(StandardCharsets.UTF_8));
    assertThat(Command.here("inspect", missing.toString()).errors())
        .contains(missing + " is not in a format that a model reader knows");
  }
}
