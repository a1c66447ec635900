package org.explain4j.experiments.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.explain4j.api.Catalog;
import org.explain4j.api.Explainer;
import org.explain4j.api.Extension;
import org.explain4j.api.Metric;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every file in experiments/ starts as its first lines say, and says what is missing. */
final class ShippedExperimentsTest {
  private static final String DOWNLOADS = "explain4j.data";
  private static final String IMAGE_NET =
      "dataset.image-folder.path: There is no folder or zip archive 'BESIDE/imagenet'.";
  private static final String SQUEEZE_NET =
      "model.file.path: There is no model file 'squeezenet_v1.1.onnx', neither in BESIDE nor among"
          + " the downloads in DOWNLOADS.";

  /**
   * What an experiment needs.
   *
   * @param beside files and folders (with a slash) beside the experiment file
   * @param downloads likewise in the folder of downloads
   * @param missing what is said of each in its absence, from line and column on
   */
  private record Needs(List<String> beside, List<String> downloads, List<String> missing) {
    static final Needs NOTHING = new Needs(List.of(), List.of(), List.of());
  }

  private static final Map<String, Needs> EXPERIMENTS =
      Map.of(
          "benchmark.yaml",
          Needs.NOTHING,
          "claims.yaml",
          Needs.NOTHING,
          "fashion-mnist.yaml",
          Needs.NOTHING,
          "ground-truth.yaml",
          Needs.NOTHING,
          "linear-toy.yaml",
          Needs.NOTHING,
          "smoke.yaml",
          Needs.NOTHING,
          "cifar10-simpnet.yaml",
          new Needs(
              List.of("simpnet_cifar10.onnx"),
              List.of("cifar10/"),
              List.of(
                  ":12:10: dataset.path: 'DOWNLOADS/cifar10' has neither",
                  ":15:11: model.file.path: There is no model file 'simpnet_cifar10.onnx'")),
          "squeezenet-imagenet.yaml",
          new Needs(
              List.of("imagenet/", "squeezenet_v1.1.onnx"),
              List.of(),
              List.of(":10:24: " + IMAGE_NET, ":13:11: " + SQUEEZE_NET)),
          "squeezenet-contact-sheet.yaml",
          new Needs(
              List.of("imagenet/", "squeezenet_v1.1.onnx"),
              List.of(),
              List.of(":8:24: " + IMAGE_NET, ":11:11: " + SQUEEZE_NET)),
          "vgg16-imagenet.yaml",
          new Needs(
              List.of("imagenet/"),
              List.of("keras-vgg16/vgg16_weights_tf_dim_ordering_tf_kernels.h5"),
              List.of(
                  ":12:24: " + IMAGE_NET,
                  ":15:11: model.file.path: There is no model file",
                  "Maybe run \"explain download keras-vgg16\"")));

  @TempDir private Path beside;
  @TempDir private Path downloads;
  private final String before = System.getProperty(DOWNLOADS);

  @BeforeEach
  void noDownloads() {
    System.setProperty(DOWNLOADS, downloads.toString());
  }

  @AfterEach
  void usualDownloads() {
    if (before == null) {
      System.clearProperty(DOWNLOADS);
    } else {
      System.setProperty(DOWNLOADS, before);
    }
  }

  private static Path shipped() {
    return Path.of(System.getProperty("explain4j.root", ".."), "experiments");
  }

  private Experiment read(String name) throws IOException {
    Path file = beside.resolve(name);
    if (!Files.exists(file)) {
      Files.copy(shipped().resolve(name), file);
    }
    return ExperimentFile.read(file, List.of(), Extensions.of(getClass().getClassLoader()));
  }

  private static void make(Path folder, String name) throws IOException {
    Path made = folder.resolve(name);
    Files.createDirectories(name.endsWith("/") ? made : made.getParent());
    if (!name.endsWith("/") && !Files.exists(made)) {
      Files.createFile(made);
    }
  }

  @Test
  void everyShippedExperimentIsTriedHere() throws IOException {
    try (Stream<Path> files = Files.list(shipped())) {
      assertThat(files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith(".yaml")))
          .containsExactlyInAnyOrderElementsOf(EXPERIMENTS.keySet());
    }
  }

  @Test
  void everyShippedExperimentBindsWithItsFilesInPlace() throws IOException {
    for (Map.Entry<String, Needs> experiment : EXPERIMENTS.entrySet()) {
      for (String name : experiment.getValue().beside()) {
        make(beside, name);
      }
      for (String name : experiment.getValue().downloads()) {
        make(downloads, name);
      }
      assertThat(read(experiment.getKey()).name() + ".yaml").isEqualTo(experiment.getKey());
    }
  }

  @Test
  void everyMissingFileIsReportedAtItsLine() throws IOException {
    for (Map.Entry<String, Needs> experiment : EXPERIMENTS.entrySet()) {
      if (experiment.getValue().missing().isEmpty()) {
        assertThat(read(experiment.getKey())).isNotNull();
        continue;
      }
      ConfigurationException e =
          catchThrowableOfType(ConfigurationException.class, () -> read(experiment.getKey()));
      assertThat(e).as(experiment.getKey()).isNotNull();
      assertThat(e.problems()).as(experiment.getKey()).hasSize(2);
      for (String said : experiment.getValue().missing()) {
        assertThat(e.getMessage())
            .contains(experiment.getKey())
            .contains(
                said.replace("BESIDE", beside.toString())
                    .replace("DOWNLOADS", downloads.toString()));
      }
    }
  }

  private static Set<String> ids(List<? extends Configured<? extends Extension>> used) {
    return used.stream().map(each -> each.extension().id()).collect(Collectors.toSet());
  }

  /** Test plug-ins are no methods of the field. */
  private static <T extends Extension> Set<String> shipped(Class<T> service, Predicate<T> which) {
    return Catalog.of(service).providers().values().stream()
        .filter(each -> !each.summary().equals("for tests"))
        .filter(which)
        .map(Extension::id)
        .collect(Collectors.toSet());
  }

  @Test
  void theBenchmarkHasEveryMethodAndEveryMetricThatNeedsNoMasks() throws IOException {
    Experiment benchmark = read("benchmark.yaml");
    assertThat(ids(benchmark.explainers())).isEqualTo(shipped(Explainer.class, each -> true));
    assertThat(ids(benchmark.metrics()))
        .isEqualTo(shipped(Metric.class, metric -> !metric.needsMasks()));
    assertThat(benchmark.report().leftOut().keySet())
        .as("the report names the others")
        .singleElement()
        .satisfies(
            names ->
                assertThat(names.split(", "))
                    .containsExactlyInAnyOrderElementsOf(
                        shipped(Metric.class, Metric::needsMasks)));
    assertThat(benchmark.metaEvaluation().orElseThrow().metrics()).hasSize(10);
    assertThat(benchmark.metaEvaluation().orElseThrow().explainers()).hasSize(5);
  }
}
