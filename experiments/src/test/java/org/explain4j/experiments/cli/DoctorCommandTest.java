package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DoctorCommandTest {

  @Test
  void everyLineHasItsWord() throws IOException {
    Command doctor = Command.here("doctor");
    assertThat(doctor.exitCode()).isZero();
    assertThat(doctor.output().lines())
        .hasSizeGreaterThan(12)
        .allSatisfy(line -> assertThat(line).matches("(ok|warn|fail|    ) .*"));
    JsonNode rows = new ObjectMapper().readTree(Command.here("doctor", "--json").output());
    assertThat(rows.size()).isGreaterThan(12);
    assertThat(rows.get(0).path("level").asText()).isEqualTo("ok");
  }

  /** What must not stop the command that says what is wrong. */
  @Test
  void aLimitThatCannotBeReadAndNoTemporaryFolder(@TempDir Path folder) throws Exception {
    Command doctor =
        Command.runWith(
            List.of("-Dorg.bytedeco.javacpp.maxbytes=4gg", "-Djava.io.tmpdir=/proc/none"),
            folder,
            "doctor");
    assertThat(doctor.exitCode()).as(doctor.errors()).isEqualTo(Main.FAILED_CELLS);
    assertThat(doctor.output())
        .containsPattern("fail +off-heap memory .*'4gg'")
        .containsPattern("fail +temporary files .*/proc/none cannot be written");
  }
}
