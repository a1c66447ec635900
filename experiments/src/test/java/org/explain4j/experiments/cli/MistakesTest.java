package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Command lines with mistakes: the answer is short and names what was meant. */
final class MistakesTest {
  private static final String FRAGILE = "src/test/resources/org/explain4j/experiments/cli/mutants";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rnu                             | There is no command 'rnu'. | run",
        "help valdate                    | There is no command 'valdate'. | validate",
        "image --methd gradient          | 'explain image' has no option '--methd'. | --method",
        "run x.yaml --sed=2              | 'explain run' has no option '--sed'. | --set",
        "list explainer                  | unknown kind 'explainer' | explainers",
        "describe lrp-epsilonn           | there is no 'lrp-epsilonn' | lrp-epsilon",
        "image --method gradeint         | unknown explainer 'gradeint' | gradient"
      })
  void theNearestNameIsShown(String typed, String said, String near) {
    Command command = Command.here(typed.strip().split(" "));
    assertThat(command.exitCode()).isEqualTo(Main.CONFIGURATION);
    assertThat(command.errors())
        .contains(said.strip(), "Did you mean '" + near.strip() + "'?")
        .doesNotContain("Usage:", "Exit codes", "configuration:");
  }

  @Test
  void whereNothingIsNearTheCommandsAreListed() {
    Command command = Command.here("xyzzy");
    assertThat(command.errors())
        .contains("There is no command 'xyzzy'.", "Commands: compare, ", "validate")
        .doesNotContain("Did you mean");
  }

  @ParameterizedTest
  @CsvSource({"run, FILE", "merge, OUT", "inspect, MODEL"})
  void aMissingArgumentIsNamed(String command, String argument) {
    Command run = Command.here(command);
    assertThat(run.exitCode()).isEqualTo(Main.CONFIGURATION);
    assertThat(run.errors())
        .contains("Missing required parameter", argument, "'explain " + command + " --help'")
        .doesNotContain("Usage:");
  }

  @Test
  void anArgumentTooManyIsNamed() {
    Command report = Command.here("report", "a", "b");
    assertThat(report.exitCode()).isEqualTo(Main.CONFIGURATION);
    assertThat(report.errors()).contains("'explain report' does not know what to do with 'b'.");
  }

  @Test
  void anOutputOfAFormatThatHasOneOnly() {
    for (String file : List.of("network.h5", "network.keras", "network.zip")) {
      Command inspect =
          Command.here("inspect", Path.of(FRAGILE, file).toString(), "--output", "probabilities");
      assertThat(inspect.exitCode()).as(inspect.errors()).isEqualTo(Main.CONFIGURATION);
      assertThat(inspect.errors())
          .contains("--output: ", "cannot choose the output 'probabilities'", "Maybe leave out")
          .doesNotContain("defect", "model.file");
    }
  }
}
