package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Damaged files and bad plug-ins that ended a process once ({@code ../shared/cases}). */
final class DamagedCasesTest {
  @TempDir private Path folder;

  private static void assertRefused(Command command, int code, String... words) {
    assertThat(command.exitCode()).as(command.errors()).isEqualTo(code);
    assertThat(command.errors())
        .contains(words)
        .doesNotContain("\tat ", "defect", "Out of memory", "smaller 'batch'", "null");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          h0041.h5,    layer 'conv2'
          h0366.h5,    layer 'conv2'
          h0561.h5,    damaged
          h0709.h5,    layer 'output' (Dense): Its kernel must have the shape
          pb0722.onnx, needs
          """)
  void aNetworkWithADamagedByteIsRefusedAtItsLayer(String file, String said) {
    Path path = Shared.path("cases/damaged/" + file);
    assertRefused(
        Command.here("inspect", "--no-methods", path.toString()), Main.INPUT_OUTPUT, file, said);
  }

  @Test
  void weightsWithAStrideBeyondThemAreRefused() {
    Path path = Shared.path("cases/damaged/z0173.zip");
    assertRefused(
        Command.here("inspect", "--no-methods", "--input-shape", "3,8,8", path.toString()),
        Main.INPUT_OUTPUT,
        "z0173.zip",
        "strides");
  }

  @Test
  void aDamagedArchiveOfCifarIsNamedWithTheNextStep() {
    Path path = Shared.path("cases/damaged/cifar.yaml");
    assertRefused(
        Command.here("validate", path.toString()),
        Main.INPUT_OUTPUT,
        "bad.tar.gz is damaged",
        "explain download cifar10");
  }

  @Test
  void yamlThatNestsDeeplyIsRefused() {
    Path path = Shared.path("cases/config/min_nest.yaml");
    assertRefused(
        Command.here("validate", path.toString()),
        Main.CONFIGURATION,
        "min_nest.yaml: is nested too deeply");
  }

  @Test
  void allProblemsOfAFileAreReportedAtOnce() {
    Path path = Shared.path("cases/config/all_problems_at_once.yaml");
    assertRefused(
        Command.here("validate", path.toString()),
        Main.CONFIGURATION,
        "Did you mean 'dataset'?",
        "Did you mean 'pretrained'?",
        "found 'many'",
        "Did you mean 'linear'?",
        "Did you mean 'solvers'?",
        "found 'both'",
        "has the same label 'gradient' as explainers[0]",
        "no explainer of this experiment has the label 'patternattribution'");
  }

  private Command plugged(String jar) throws Exception {
    return Command.run(folder, "run", inPlugins(jar).toString(), "--out", "run");
  }

  private Path inPlugins(String jar) throws Exception {
    Path plugins = Files.createDirectories(folder.resolve("plugins"));
    Files.copy(Shared.path("cases/plugins/" + jar), plugins.resolve(jar));
    return Files.copy(Shared.path("cases/config/e.yaml"), folder.resolve("e.yaml"));
  }

  @ParameterizedTest
  @Tag("slow")
  @CsvSource({
    "error.jar, AssertionError",
    "mutateweights.jar, NoSuchMethodError" // it was built for an older version
  })
  void anExplainerThatFailsLeavesTheOthersAlone(String jar, String said) throws Exception {
    Command run = plugged(jar);
    assertThat(run.exitCode()).as(run.errors()).isEqualTo(Main.FAILED_CELLS);
    assertThat(run.output()).contains("failed: attributions, bad-one", said, "index.html");
    List<String> scores = Files.readAllLines(folder.resolve("run/scores.csv"));
    assertThat(scores).anyMatch(row -> row.contains(",gradient,"));
    assertThat(scores).noneMatch(row -> row.contains(",bad-one,"));
  }

  /** The limit of the operating system would end the process if Explain4J's own did not hold. */
  @Test
  @Tag("slow")
  @EnabledOnOs(OS.LINUX)
  void arraysBeyondTheLimitFailTheirCellBeforeTheSystemEndsTheProcess() throws Exception {
    Path file = inPlugins("off3.jar");
    Command run =
        Command.Child.PLAIN
            .prefix("sh", "-c", "ulimit -v 12000000; exec \"$@\"", "sh")
            .run(folder, "run", file.toString(), "--out", "run");
    assertThat(run.exitCode()).as(run.errors()).isEqualTo(Main.MEMORY);
    assertThat(run.output())
        .contains("failed: attributions, bad-one: Out of memory", "EXPLAIN4J_OFFHEAP")
        .contains("index.html");
    assertThat(Files.readAllLines(folder.resolve("run/scores.csv")))
        .anyMatch(row -> row.contains(",gradient,"));
  }

  @Test
  @Tag("slow")
  void anExplainerWithoutAGroupIsLeftOutByName() throws Exception {
    Command run = plugged("nullgroup.jar");
    assertThat(run.exitCode()).isEqualTo(Main.CONFIGURATION);
    assertThat(run.errors())
        .contains("bad.P was left out", "its group is null", "unknown explainer 'bad-one'");
  }
}
