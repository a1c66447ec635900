package org.explain4j.models.keras;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Vgg16Test {
  private static final long MEGABYTES = 1600;

  @TempDir Path folder;

  /** In the published layout: 138 million weights without architecture. */
  @Test
  @Tag("exhaustive")
  void vgg16IsReadInLittleMemoryAndTwiceTheSame() throws Exception {
    Assumptions.assumeTrue(
        Files.exists(Path.of("/proc/self/status")), "skipped: memory is told by Linux only");
    Path file = folder.resolve("vgg16.h5");
    Vgg16.write(file);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                Vgg16.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).as(output).isZero();
    String[] numbers = output.substring(output.lastIndexOf('\n') + 1).split(" ", -1);
    assertThat(Long.parseLong(numbers[1])).as("MB").isLessThan(MEGABYTES);
    assertThat(Double.parseDouble(numbers[2])).as("difference of two readings").isZero();
    assertThat(Double.parseDouble(numbers[3])).as("deviation of the logits").isPositive();
  }
}
