package org.explain4j.models.keras;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged files end no process and keep none busy; the error names the file and what is wrong. */
class MutantsTest {
  private static final int IN_CI = 50;
  private static final int ALL = 500;
  private static final long LONGEST_MILLIS = 10_000;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"h5", "keras", "zip", "npz"})
  void fiftyDamagedFilesOfAFormatAreReadOrRefused(String format) throws Exception {
    assertReadOrRefused(format, IN_CI);
  }

  @ParameterizedTest
  @Tag("exhaustive")
  @ValueSource(strings = {"h5", "keras", "zip", "npz"})
  void fiveHundredDamagedFilesOfAFormatAreReadOrRefused(String format) throws Exception {
    assertReadOrRefused(format, ALL);
  }

  private void assertReadOrRefused(String format, int count) throws Exception {
    List<String> lines = lines(format, count);
    assertThat(lines).hasSize(count);
    int refused = 0;
    for (String line : lines) {
      String[] parts = line.split("\t", -1);
      String message = parts[3];
      assertThat(Long.parseLong(parts[1])).as(line).isLessThan(LONGEST_MILLIS);
      if (!message.isEmpty()) {
        refused++;
        assertThat(message).as(line).contains(parts[2]).doesNotEndWith("null");
        assertThat(message.replace(parts[2], "")).as(line).hasSizeGreaterThan(10);
        assertThat(message).as(line).doesNotContain("http");
      }
    }
    assertThat(refused).isGreaterThan(count / 4);
  }

  private List<String> lines(String format, int count) throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    Path errors = folder.resolve("errors.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dorg.bytedeco.javacpp.maxbytes=1g",
                "-cp",
                System.getProperty("java.class.path")
                    .replace(File.pathSeparator + File.pathSeparator, File.pathSeparator),
                Mutants.class.getName(),
                format,
                folder.toString(),
                "1",
                String.valueOf(count))
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    if (!process.waitFor(60 + count * LONGEST_MILLIS / 1000, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    List<String> lines =
        Files.readAllLines(output).stream().filter(line -> line.matches("\\d+\t.*")).toList();
    assertThat(process.isAlive() ? -1 : process.exitValue())
        .as("after %d files: %s", lines.size(), Files.readString(errors))
        .isZero();
    return lines;
  }
}
