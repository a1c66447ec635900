package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --threads} in a process of its own, which tells its threads at the end. */
final class ThreadsTest {
  private static final String EXPERIMENT =
      """
      name: threads
      dataset: fashion-mnist
      model: pretrained
      splits: {a: 100, b: 100, c: 50, patches-per-image: 4}
      estimators: [linear]
      signal-quality: {solvers: [closed-form], targets: [pre], patches-per-image: 4}
      """;

  @TempDir private Path folder;

  /** Runs a command, then prints how many workers there are. */
  static final class Counting {
    private Counting() {}

    public static void main(String[] arguments) {
      int code = Main.commandLine().execute(arguments);
      long workers =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().equals("explain4j-worker"))
              .count();
      System.out.println("workers: " + workers);
      System.exit(code);
    }
  }

  private JsonNode run(int threads, int workers) throws Exception {
    Path file = Files.writeString(folder.resolve("threads.yaml"), EXPERIMENT);
    String out = "with-" + threads;
    Command run =
        Command.run(
            Counting.class,
            folder,
            "run",
            file.toString(),
            "--out",
            out,
            "--threads",
            "" + threads);
    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(run.output()).endsWith("workers: " + workers + System.lineSeparator());
    return new ObjectMapper().readTree(folder.resolve(out).resolve("environment.json").toFile());
  }

  @Test
  void oneThreadStartsNoWorkersAndIsRecorded() throws Exception {
    JsonNode environment = run(1, 0);
    assertThat(environment.get("threads").asInt()).isEqualTo(1);
    assertThat(environment.get("blas_threads").asInt()).isEqualTo(1);
    assertThat(environment.get("omp_threads").asInt()).isEqualTo(1);
  }

  @Test
  void threeThreadsAreThreeWorkersAndAreRecordedHoweverManyProcessorsThereAre() throws Exception {
    JsonNode environment = run(3, 3);
    assertThat(environment.get("threads").asInt()).isEqualTo(3);
    assertThat(environment.get("blas_threads").asInt()).isEqualTo(3);
  }

  @Test
  void theBitsDoNotDependOnTheEnvironmentsThreads() throws Exception {
    String every = EXPERIMENT.replace(", patches-per-image: 4", "");
    Path file = Files.writeString(folder.resolve("threads.yaml"), every);
    Map<String, String> expected = Map.of();
    for (String threads : List.of("1", "", "2")) {
      String out = "omp-" + threads;
      Command run =
          Command.Child.PLAIN
              .with("OMP_NUM_THREADS", threads)
              .run(folder, "run", file.toString(), "--out", out);
      assertThat(run.exitCode()).as(run.errors()).isZero();
      Map<String, String> files = RunFiles.of(folder.resolve(out));
      expected = expected.isEmpty() ? files : expected;
      assertThat(files).as("OMP_NUM_THREADS=" + threads).isEqualTo(expected);
    }
  }

  @Test
  void lessThanOneThreadIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("threads.yaml"), EXPERIMENT);
    Command run = Command.run(folder, "run", file.toString(), "--threads", "0");
    assertThat(run.exitCode()).isEqualTo(Main.CONFIGURATION);
    assertThat(run.errors()).contains("--threads: (0) must be at least 1");
  }
}
