package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.explain4j.api.Group;
import org.explain4j.experiments.stages.RunPairs;
import org.explain4j.network.files.WholeFile;
import org.explain4j.network.numpy.NumpyStream;
import org.explain4j.reports.runs.PairedDifference;
import org.explain4j.reports.runs.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

class CompareCommandTest {
  @TempDir private Path folder;
  private Path first;
  private Path second;

  @BeforeEach
  void run() throws IOException {
    first = folder.resolve("one");
    second = folder.resolve("two");
    String file = EveryStage.in(folder, 2, 0).toString();
    for (Path out : new Path[] {first, second}) {
      Command run = Command.here("run", file, "--out", out.toString());
      assertThat(run.exitCode()).as(run.errors()).isZero();
    }
  }

  private static void change(Path file, double by) throws IOException {
    try (INDArray values = NumpyStream.read(file)) {
      INDArray changed = values.add(by);
      WholeFile.write(file, out -> NumpyStream.write(out, changed));
    }
  }

  @Test
  void twoRunsOfOneExperimentAreTheSame() throws IOException {
    assertThat(RunPairs.of(first, second).orElseThrow())
        .isNotEmpty()
        .allSatisfy(pair -> assertThat(pair.test().difference()).isZero())
        .allSatisfy(pair -> assertThat(pair.verdict()).hasValue(Verdict.TIE));
    Path page = folder.resolve("page.html");
    Command compared =
        Command.here("compare", first.toString(), second.toString(), "--out", page.toString());
    assertThat(compared.exitCode()).as(compared.errors()).isZero();
    assertThat(page)
        .content()
        .contains("Their configurations are the same.", "the same on every image: 4");
  }

  @Test
  void aScoreThatChangedOnEveryImageIsBetterInOneOfThem() throws IOException {
    change(second.resolve("scores/brightness.mean.gradient.npy"), .5);
    change(second.resolve("scores/brightness.mean.pattern-net.npy"), -.5);
    Map<String, PairedDifference> pairs =
        RunPairs.of(first, second).orElseThrow().stream()
            .collect(Collectors.toMap(PairedDifference::explainerA, pair -> pair));
    assertThat(pairs).containsOnlyKeys("gradient", "pattern-net", "pattern-attribution", "lrp-0");
    PairedDifference gradient = pairs.get("gradient");
    assertThat(gradient.test().difference()).isEqualTo(.5, within(1e-6));
    assertThat(gradient.verdict()).hasValue(Verdict.BETTER);
    assertThat(gradient.better()).hasValue("better now");
    assertThat(gradient.group()).isEqualTo(Group.FUNCTION);
    PairedDifference signal = pairs.get("pattern-net");
    assertThat(signal.better()).hasValue("better before");
    assertThat(signal.group()).isEqualTo(Group.SIGNAL);
    assertThat(pairs.get("lrp-0").better()).isEmpty();
    assertThat(pairs.get("lrp-0").group()).isEqualTo(Group.ATTRIBUTION);
  }

  @Test
  void runsOnOtherImagesAreNotTested() throws IOException {
    Path images = second.resolve("images.csv");
    Files.writeString(images, Files.readString(images).replace("0,", "0,x"));
    assertThat(RunPairs.of(first, second)).isEmpty();
  }

  @Test
  void aReportComesAsMarkdownAndAsJsonToo() throws IOException {
    Command markdown = Command.here("report", first.toString(), "--format", "md");
    assertThat(markdown.output()).startsWith("# every-stage").contains("## Answer", "| layer |");
    Command json = Command.here("report", first.toString(), "--format=json");
    JsonNode summary = new ObjectMapper().readTree(json.output());
    assertThat(summary.get("question").asText()).startsWith("Which explanation of");
    assertThat(summary.get("answers")).isNotEmpty();
    assertThat(summary.get("scores")).isNotEmpty();
    Command odd = Command.here("report", first.toString(), "--format=pdf");
    assertThat(odd.exitCode()).isEqualTo(2);
  }
}
