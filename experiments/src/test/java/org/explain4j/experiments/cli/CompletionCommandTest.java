package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts and pages that are made from the commands, used by the programs they are for. */
final class CompletionCommandTest {
  @TempDir private Path folder;

  private static void assumeIsInstalled(String program) {
    assumeThat(Arrays.stream(System.getenv("PATH").split(File.pathSeparator)))
        .as("%s is not installed; the test is skipped", program)
        .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private Path script(String shell) throws IOException {
    Command command = Command.here("completion", shell);
    assertThat(command.exitCode()).as(command.errors()).isZero();
    return Files.writeString(folder.resolve("explain." + shell), command.output());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void theScriptCanBeRead(String shell) throws Exception {
    Path script = script(shell);
    assumeIsInstalled(shell);
    run(shell, "-n", script.toString());
  }

  /** What is typed, and one of the completions of its last word. */
  @ParameterizedTest
  @CsvSource({
    "explain va, validate",
    "explain run --strict --qu, --quiet",
    "explain image --method lrp-, lrp-epsilon-plus",
    "explain describe degra, degradation",
    "explain list expl, explainers",
    "explain completion fi, fish"
  })
  void bashCompletes(String typed, String expected) throws Exception {
    assumeIsInstalled("bash");
    List<String> words = List.of(typed.split(" "));
    String test =
        "source '%s'; COMP_WORDS=(%s); COMP_CWORD=%d; COMP_LINE='%s'; _complete_explain; printf '%%s\\n' \"${COMPREPLY[@]}\""
            .formatted(script("bash"), String.join(" ", words), words.size() - 1, typed);
    assertThat(run("bash", "-c", test).lines()).contains(expected);
  }

  @Test
  void fishHasCommandsOptionsAndMethods() throws IOException {
    assertThat(script("fish"))
        .content()
        .contains("-n __fish_use_subcommand -f -a validate -d 'Checks an experiment file")
        .contains("'__fish_seen_subcommand_from run' -l out -r -d 'The run directory")
        .contains("-l method -x -a '")
        .contains(" lrp-epsilon-plus ");
  }

  @Test
  void everyCommandHasAManualPage() throws Exception {
    Command man = Command.here("man", folder.resolve("man1").toString());
    assertThat(man.exitCode()).as(man.errors()).isZero();
    try (Stream<Path> pages = Files.list(folder.resolve("man1"))) {
      assertThat(pages.map(page -> page.getFileName().toString()))
          .contains("explain.1", "explain-run.1", "explain-image.1", "explain-init.1")
          .hasSizeGreaterThan(15);
    }
    assumeIsInstalled("man");
    String page = run("man", "-l", folder.resolve("man1/explain-run.1").toString());
    assertThat(page.replaceAll(".\b", ""))
        .contains("explain-run - Runs an experiment", "--strict", "EXIT STATUS", "EXPLAIN4J_HEAP")
        .doesNotContain("warning:", "${");
  }
}
