package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped benchmark as a whole, with the memory that its head promises. */
@Tag("exhaustive")
final class BenchmarkTest {
  private static final List<String> SIX_GIBIBYTES =
      List.of(
          "-Xmx1g",
          "-Dorg.bytedeco.javacpp.maxbytes=4g",
          "-Dorg.bytedeco.javacpp.maxphysicalbytes=6g",
          "-Djava.awt.headless=true");
  private static final int KILLS = 6;

  @TempDir private Path folder;

  @Test
  void killedSixTimesItEndsWithTheBytesOfOneThatNothingDisturbed() throws Exception {
    Process whole = start("whole");
    whole.waitFor();
    assertThat(whole.exitValue()).as(errors()).isZero();

    SplittableRandom random = new SplittableRandom(KILLS);
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = start("killed");
      if (!process.waitFor(random.nextLong(20, 240), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    }
    Process last = start("killed");
    last.waitFor();
    assertThat(last.exitValue()).as(errors()).isZero();
    assertThat(RunFiles.of(folder.resolve("killed")))
        .isEqualTo(RunFiles.of(folder.resolve("whole")));
  }

  private Process start(String out) throws IOException {
    Path root = Path.of(System.getProperty("explain4j.root", ".."));
    String file = root.toAbsolutePath().resolve("experiments/benchmark.yaml").toString();
    return Command.Child.PLAIN
        .options(SIX_GIBIBYTES)
        .start(folder, List.of("run", file, "--out", out));
  }

  private String errors() throws IOException {
    return Files.readString(folder.resolve("errors.txt"));
  }
}
