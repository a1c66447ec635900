package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code submit} says before it starts Spark; explain-spark's tests start it. */
class SubmitCommandTest {
  @TempDir private Path folder;

  private Path file() throws IOException {
    return Files.writeString(folder.resolve("x.yaml"), "name: x\n");
  }

  @Test
  void aFileThatDoesNotExist() {
    Command said = Command.here("submit", folder.resolve("none.yaml").toString());
    assertThat(said.exitCode()).isEqualTo(Main.CONFIGURATION);
    assertThat(said.errors()).contains("there is no file").contains("none.yaml");
  }

  @Test
  void aSettingThatIsNotSparks() throws IOException {
    Command said = Command.here("submit", file().toString(), "--conf", "cores=8");
    assertThat(said.exitCode()).isEqualTo(Main.CONFIGURATION);
    assertThat(said.errors()).contains("--conf: expected spark.KEY=VALUE", "found 'cores=8'");
  }

  @Test
  void noRanges() throws IOException {
    Command said = Command.here("submit", file().toString(), "--ranges", "0");
    assertThat(said.exitCode()).isEqualTo(Main.CONFIGURATION);
    assertThat(said.errors()).contains("--ranges: (0) must be at least 1");
  }

  @Test
  void aModuleThatIsNotBuilt() throws Exception {
    Command said =
        Command.runWith(List.of("-Dexplain4j.root=" + folder), folder, "submit", file().toString());
    assertThat(said.exitCode()).isEqualTo(Main.INPUT_OUTPUT);
    assertThat(said.errors())
        .contains("explain-spark is not built.\nMaybe build it: mvn -pl explain-spark -am");
  }

  @Test
  void aSparkHomeThatIsNone() throws Exception {
    Path lib = folder.resolve("explain-spark/target/lib");
    Files.createDirectories(lib);
    Command said =
        Command.Child.PLAIN
            .with("SPARK_HOME", folder.toString())
            .options(List.of("-Dexplain4j.root=" + folder))
            .run(folder, "submit", file().toString());
    assertThat(said.exitCode()).isEqualTo(Main.INPUT_OUTPUT);
    assertThat(said.errors()).contains("is not Spark's folder: it has no 'jars'.");
  }
}
