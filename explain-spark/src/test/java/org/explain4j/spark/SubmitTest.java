package org.explain4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.explain4j.network.numpy.NumpyArchive;
import org.explain4j.spark.Processes.Said;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@code explain submit} gives what one process gives. */
@Tag("slow")
class SubmitTest {
  private static final String EXPERIMENT =
      """
      name: spark
      dataset: fashion-mnist
      model: {file: {path: net.onnx}}
      splits: {a: 1200, b: 400, c: 400, patches-per-image: 20}
      estimators: [linear, two-component]
      signal-quality: {solvers: [closed-form], targets: [pre], patches-per-image: 5}
      explain: {images: 12, reference: 20}
      explainers: [gradient, guided-backprop, pattern-net, lrp-0, pattern-attribution]
      metrics:
        - degradation: {patch: 7, steps: 8}
        - sparseness
      report: {figures: false}
      batch: 100
      """;

  @TempDir private Path folder;
  private Processes processes;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("spark.yaml"), EXPERIMENT);
    Files.copy(
        Processes.ROOT.resolve(
            "explain-models/src/main/resources/org/explain4j/models/pretrained/fashion-small-vgg.onnx"),
        folder.resolve("net.onnx"));
    processes = new Processes(folder);
  }

  @AfterEach
  void end() throws InterruptedException {
    processes.close();
  }

  private Said explain(List<String> more, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(more);
    Said said = processes.explain(all.toArray(String[]::new));
    assertThat(said.exitCode()).as(said.errors()).isZero();
    return said;
  }

  private static void assertSameSums(Path one, Path other) throws IOException {
    Map<String, INDArray> expected = NumpyArchive.read(one);
    Map<String, INDArray> found = NumpyArchive.read(other);
    assertThat(found.keySet()).isEqualTo(expected.keySet()).hasSizeGreaterThan(20);
    for (String name : expected.keySet()) {
      if (!name.equals("about")) {
        INDArray sum = expected.get(name);
        double scale = Math.max(1e-30, sum.amaxNumber().doubleValue());
        double error = sum.sub(found.get(name)).amaxNumber().doubleValue() / scale;
        assertThat(error).as(name).isCloseTo(0, within(1e-9));
      }
    }
  }

  @Test
  void theMomentsAreThoseOfOneProcessAndHaveTheSameBitsEachTime() throws Exception {
    explain(List.of(), "moments", "spark.yaml", "--out", "one.npz");
    List<String> local = List.of("--master", "local[2]", "--ranges", "4");
    for (String file : List.of("first.npz", "second.npz")) {
      explain(local, "submit", "spark.yaml", "--moments-only", file);
    }
    assertSameSums(folder.resolve("one.npz"), folder.resolve("first.npz"));
    assertThat(Files.mismatch(folder.resolve("first.npz"), folder.resolve("second.npz")))
        .isEqualTo(-1);
  }

  @Test
  void squeezeNetsMomentsAreThoseOfOneProcessAlsoWhereAWorkerIsLost() throws Exception {
    Path data = Processes.ROOT.resolve("../shared/data").normalize();
    Path network = data.resolve("nets/squeezenet_v1.1_imagenet.onnx");
    Path images = data.resolve("imagenet_half.zip");
    assumeTrue(Files.exists(network) && Files.exists(images), "no " + network);
    Files.writeString(
        folder.resolve("squeezenet.yaml"),
        """
        name: squeezenet
        dataset: {image-folder: {path: %s, classes: imagenet, resize: 256, crop: 227}}
        model: {file: {path: %s, preprocessing: {scale: 255, mean: [104, 117, 123], bgr: true}}}
        splits: {a: 12, b: 8, c: 8, patches-per-image: 50}
        estimators: [linear]
        batch: 4
        """
            .formatted("'file:" + images + "'", network));
    explain(
        List.of("--set", "dataset.image-folder.path=" + images),
        "moments",
        "squeezenet.yaml",
        "--out",
        "one.npz");
    explain(
        List.of("--master", "local[2]"), "submit", "squeezenet.yaml", "--moments-only", "many.npz");
    assertSameSums(folder.resolve("one.npz"), folder.resolve("many.npz"));
    onAClusterThatLosesAWorker("submit", "squeezenet.yaml", "--moments-only", "cluster.npz");
    assertThat(Files.mismatch(folder.resolve("many.npz"), folder.resolve("cluster.npz")))
        .isEqualTo(-1);
  }

  @Test
  void onAClusterThatLosesAWorkerTheyStillHaveThoseBits() throws Exception {
    explain(List.of("--ranges", "4"), "submit", "spark.yaml", "--moments-only", "local.npz");
    onAClusterThatLosesAWorker(
        "submit", "spark.yaml", "--moments-only", "cluster.npz", "--ranges", "4");
    assertThat(Files.mismatch(folder.resolve("local.npz"), folder.resolve("cluster.npz")))
        .isEqualTo(-1);
  }

  /** Two workers, of which one is killed as soon as a range is done. */
  private void onAClusterThatLosesAWorker(String... job) throws Exception {
    String master = processes.master();
    Process first = processes.worker("first", master);
    processes.worker("second", master);
    List<String> arguments = new ArrayList<>(List.of(job));
    arguments.addAll(Processes.onCluster(master));
    Process running = processes.begin(arguments.toArray(String[]::new));
    processes.waitFor("explain", "moments: 1 of ");
    Processes.kill(first);
    Said said = processes.end(running);
    assertThat(said.exitCode()).as(said.errors()).isZero();
  }

  @Test
  void theRunIsThatOfOneProcess() throws Exception {
    explain(List.of(), "run", "spark.yaml", "--out", "one");
    String master = processes.master();
    processes.worker("first", master);
    processes.worker("second", master);
    Said said = explain(Processes.onCluster(master), "submit", "spark.yaml", "--out", "many");
    assertThat(said.errors()).contains("attributions: 5 of 5 tasks", "metrics: ");
    assertThat(said.output()).contains("Who is ahead").contains("many/report/index.html");
    Path one = folder.resolve("one");
    Path many = folder.resolve("many");
    assertThat(RunComparison.files(many)).isEqualTo(RunComparison.files(one));
    for (String table : List.of("scores", "curves", "comparisons", "signal-quality")) {
      RunComparison.assertSameTable(one, many, table + ".csv");
    }
    assertThat(RunComparison.text(many)).isEqualTo(RunComparison.text(one));
  }

  @Test
  void whatIsWrongWithTheExperimentIsSaidBeforeSparkStarts() throws Exception {
    Said said =
        processes.explain("submit", "spark.yaml", "--set", "splits.a=0", "--set", "batch=-1");
    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.errors()).contains("splits.a", "batch", "2 problems").doesNotContain("at org.");
  }

  @Test
  void moreRangesThanBatchesAreRefused() throws Exception {
    Said said = processes.explain("submit", "spark.yaml", "--ranges", "5");
    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.errors()).contains("--ranges: (5) are more than the smallest split has", ", 4");
  }

  @Test
  void dataThatAreMissingAreSaidOnce() throws Exception {
    Said said =
        processes.explain(
            "submit", "spark.yaml", "--set", "dataset={npy: {train-images: 'file:/none/x.npy'}}");
    assertThat(said.exitCode()).isEqualTo(3);
    assertThat(said.errors())
        .containsOnlyOnce("file:/none/x.npy: there is no such file.")
        .doesNotContain("Exception");
  }
}
