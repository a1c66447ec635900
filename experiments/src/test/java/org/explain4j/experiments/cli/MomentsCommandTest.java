package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.explain4j.network.numpy.NumpyArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Passes over the data: planned, killed and resumed, and divided between processes. */
final class MomentsCommandTest {
  private static final String TINY =
      """
      name: tiny
      dataset: {tiny-images: {milliseconds: 0}}
      model: tiny-network
      splits: {a: 40, b: 20, c: 20}
      explain: {images: 4}
      estimators: [linear, two-component]
      signal-quality: {solvers: [closed-form], patches-per-image: 7}
      batch: 4
      checkpoint: 0s
      """;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("tiny.yaml"), TINY);
  }

  private Command explain(String... arguments) throws IOException, InterruptedException {
    return Command.run(folder, arguments);
  }

  private Path killed() throws Exception {
    Process process =
        Command.start(
            folder,
            "run",
            file.toString(),
            "--out",
            "killed",
            "--set",
            "dataset.tiny-images.milliseconds=200");
    Path checkpoint = null;
    for (int i = 0; i < 1200 && checkpoint == null && process.isAlive(); i++) {
      Thread.sleep(50);
      checkpoint = checkpoint();
    }
    assertThat(process.destroyForcibly().waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("ended by SIGKILL").isEqualTo(137);
    assertThat(folder.resolve("killed/moments/A")).doesNotExist();
    return checkpoint;
  }

  private Path checkpoint() throws IOException {
    Path moments = folder.resolve("killed/moments");
    if (!Files.isDirectory(moments)) {
      return null;
    }
    try (Stream<Path> files = Files.list(moments)) {
      return files
          .filter(f -> f.getFileName().toString().startsWith("checkpoint"))
          .findFirst()
          .orElse(null);
    }
  }

  private void compare(String run) throws IOException {
    for (String split : new String[] {"A", "B", "C"}) {
      try (Stream<Path> files = Files.list(folder.resolve("whole/moments/" + split))) {
        for (Path expected : files.toList()) {
          Path found =
              folder.resolve(run).resolve("moments").resolve(split).resolve(expected.getFileName());
          compare(NumpyArchive.read(found), NumpyArchive.read(expected));
        }
      }
    }
    assertThat(checkpoint()).as("a finished pass leaves no checkpoint").isNull();
    String quality = Files.readString(folder.resolve(run + "/signal-quality-neurons.csv"));
    String whole = Files.readString(folder.resolve("whole/signal-quality-neurons.csv"));
    assertThat(quality.lines().count()).isGreaterThan(30).isEqualTo(whole.lines().count());
  }

  private static void compare(Map<String, INDArray> found, Map<String, INDArray> expected) {
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, array) -> {
          double scale =
              Math.max(1, array.castTo(found.get("x").dataType()).amaxNumber().doubleValue());
          double distance =
              found
                  .get(name)
                  .castTo(found.get("x").dataType())
                  .sub(array.castTo(found.get("x").dataType()))
                  .amaxNumber()
                  .doubleValue();
          assertThat(distance / scale).as(name).isLessThan(1e-9);
        });
  }

  @Test
  void aPassKilledInTheMiddleGoesOnAndADamagedCheckpointIsNoticed() throws Exception {
    Path checkpoint = killed();
    Path copy = Files.copy(checkpoint, folder.resolve("copy.npz"));
    Command resumed = explain("run", file.toString(), "--out", "killed");
    assertThat(resumed.exitCode()).as(resumed.errors()).isZero();
    assertThat(resumed.errors()).containsPattern("moments of A, continuing at \\d+ of 40 images");
    Command whole = explain("run", file.toString(), "--out", "whole");
    assertThat(whole.exitCode()).as(whole.errors()).isZero();
    assertThat(whole.errors()).contains("moments of A\n").doesNotContain("continuing at");
    compare("killed");

    byte[] bytes = Files.readAllBytes(copy);
    bytes[bytes.length / 2] ^= 1;
    try (Stream<Path> files = Files.walk(folder.resolve("killed"))) {
      files.filter(Files::isRegularFile).forEach(f -> f.toFile().delete());
    }
    Files.write(checkpoint, bytes);
    Command again = explain("run", file.toString(), "--out", "killed");
    assertThat(again.exitCode()).as(again.errors()).isZero();
    assertThat(again.output() + again.errors())
        .contains(checkpoint.getFileName().toString(), "checksum differs", "starts over")
        .doesNotContain("continuing at");
    compare("killed");
  }

  @Test
  void thePlanComesBeforeTheWorkAndMemoryDecidesHowManyPasses() throws Exception {
    Command validate = explain("validate", file.toString(), "--set", "memory=4m");
    assertThat(validate.exitCode()).as(validate.errors()).isZero();
    assertThat(validate.output())
        .contains("memory: 4m", "checkpoint: 0s", "# plan: 3 passes over the data within 4m, about")
        .contains("1. split A, 40 images, pattern sums of 3 layers (/conv/Conv to dense)")
        .contains("2. split B, 20 images, with Sigma of 3 layers")
        .containsPattern("times from the forward pass of 4 examples .* GFLOPS, measured just now");
    assertThat(explain("validate", file.toString(), "--no-plan").output()).doesNotContain("plan:");

    assertThat(
            explain(
                    "validate",
                    file.toString(),
                    "--set",
                    "model={tiny-network: {hidden: 400}}",
                    "--set",
                    "signal-quality.layers=[conv2]",
                    "--set",
                    "memory=6m")
                .output())
        .contains("# plan: 4 passes over the data within 6m")
        .contains("pattern sums of 3 layers (/conv/Conv to narrow)")
        .contains("pattern sums of 2 layers (wide to dense)");

    Command run = explain("run", file.toString(), "--out", "whole");
    assertThat(run.errors().indexOf("plan: 3 passes"))
        .isBetween(0, run.errors().indexOf("moments of A"));
    Command rerun = explain("run", file.toString(), "--out", "whole");
    assertThat(rerun.errors()).contains("plan: no pass over the data is left to do");

    Command unknown =
        explain("validate", file.toString(), "--set", "signal-quality.layers=[-dens]");
    assertThat(unknown.exitCode()).isEqualTo(Main.CONFIGURATION);
    assertThat(unknown.errors()).contains("unknown layer 'dens'", "Did you mean 'dense'?");
    assertThat(
            explain("validate", file.toString(), "--set", "signal-quality.layers=[-dense]")
                .output())
        .contains("with Sigma of 2 layers (/conv/Conv to conv2)");
  }

  /** v of 2 estimators and 2 targets in the layer of 400 x 400 weights. */
  @Test
  void thePlanNamesWhatRhoKeepsOnDisk() throws Exception {
    String[] wide = {
      "validate",
      file.toString(),
      "--set",
      "model={tiny-network: {hidden: 400}}",
      "--set",
      "signal-quality.layers=[wide]",
      "--set",
      "signal-quality.image-groups=100"
    };
    assertThat(explain(wide).output())
        .contains("v of each rho on disk, in regressions/: at most 2.4 MiB");
    wide[wide.length - 1] = "signal-quality.image-groups=0";
    assertThat(explain(wide).output()).contains("with Sigma of wide").doesNotContain("regressions");
  }

  @Test
  void aLayerThatDoesNotFitIsAnErrorBeforeWorkStarts() throws Exception {
    Command run =
        explain(
            "run",
            file.toString(),
            "--out",
            "large",
            "--set",
            "model={tiny-network: {hidden: 400}}",
            "--set",
            "memory=12m");
    assertThat(run.exitCode()).isEqualTo(Main.CONFIGURATION);
    assertThat(run.errors())
        .contains("layer 'wide' (d = 400, k = 400)", "its rho takes", "more than 12m")
        .contains("set 'memory' to", "signal-quality.layers: [-wide]", "patches-per-image")
        .doesNotContain("moments of");
  }

  @Test
  void moreMemoryThanTheProcessCanGetIsAnErrorBeforeWorkStarts() throws Exception {
    Command run = explain("run", file.toString(), "--out", "greedy", "--set", "memory=3g");
    assertThat(run.exitCode()).isEqualTo(Main.CONFIGURATION);
    assertThat(run.errors())
        .contains("memory", "3g is more than the 2g", "EXPLAIN4J_OFFHEAP=3g", "at most 2g")
        .doesNotContain("moments of");
  }

  @Test
  void shardsOfSeparateProcessesMergeToTheMomentsOfOne() throws Exception {
    for (int i = 1; i <= 3; i++) {
      Command shard = explain("moments", file.toString(), "--shard", i + "/3");
      assertThat(shard.exitCode()).as(shard.errors()).isZero();
      assertThat(folder.resolve("tiny.shard-%d-of-3.npz".formatted(i))).exists();
      assertThat(folder.resolve("tiny.shard-%d-of-3.npz.work".formatted(i))).doesNotExist();
    }
    String one = "tiny.shard-1-of-3.npz";
    String two = "tiny.shard-2-of-3.npz";
    String three = "tiny.shard-3-of-3.npz";
    assertThat(explain("merge", "all.npz", one, three).errors())
        .contains("shard 2/3 is missing", "--shard 2/3");
    assertThat(explain("merge", "all.npz", one, two, two).errors())
        .contains("shard 2/3 is given twice");
    assertThat(explain("merge", "all.npz", one, "tiny.yaml").errors()).contains("tiny.yaml");
    explain("moments", file.toString(), "--set", "seed=2", "--shard", "3/3", "--out", "other.npz");
    Command mixed = explain("merge", "all.npz", one, two, "other.npz");
    assertThat(mixed.exitCode()).isEqualTo(Main.INPUT_OUTPUT);
    assertThat(mixed.errors()).contains("other.npz has another seed than " + one + ": 2, not 1");
    assertThat(folder.resolve("all.npz")).doesNotExist();

    Command merge = explain("merge", "all.npz", three, one, two);
    assertThat(merge.exitCode()).as(merge.errors()).isZero();
    Command merged = explain("run", file.toString(), "--moments", "all.npz", "--out", "merged");
    assertThat(merged.exitCode()).as(merged.errors()).isZero();
    assertThat(merged.errors()).contains("no pass over the data").doesNotContain("moments of");
    explain("run", file.toString(), "--out", "whole");
    compare("merged");
    byte[] bytes = Files.readAllBytes(folder.resolve("all.npz"));
    bytes[bytes.length / 2] ^= 1;
    Files.write(folder.resolve("flipped.npz"), bytes);
    Command flipped = explain("run", file.toString(), "--moments", "flipped.npz", "--out", "new");
    assertThat(flipped.exitCode()).isEqualTo(Main.INPUT_OUTPUT);
    assertThat(flipped.errors())
        .contains("The moments cannot be used: flipped.npz: ", "is damaged: its checksum differs")
        .doesNotContain("defect");

    Command other =
        explain(
            "run", file.toString(), "--moments", "all.npz", "--set", "splits.a=36", "--out", "o");
    assertThat(other.exitCode()).isEqualTo(Main.INPUT_OUTPUT);
    assertThat(other.errors()).contains("all.npz has another split A than this experiment");
    assertThat(explain("moments", file.toString(), "--shard", "1/6").errors())
        .contains("split B has 20 examples, 5 batches of 4", "Maybe use 5 shards");
    assertThat(explain("moments", file.toString(), "--shard", "4/3").errors())
        .contains("'4/3' is not a shard");
  }
}
