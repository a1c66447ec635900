package org.explain4j.experiments.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Limits of metrics, and which of them are judged themselves. */
final class MetricSettingsTest {
  private static final String GOOD =
      """
      name: test
      dataset: {tiny-images: {train: 40}}
      model: tiny-network
      splits: {a: 20, b: 10, c: 10}
      explain: {images: 4}
      explainers:
        - gradient
        - {slow: {milliseconds: 1}, label: my slow}
      """;

  @TempDir private Path folder;

  private Experiment read(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("x.yaml"), yaml);
    return ExperimentFile.read(file, List.of(), Extensions.of(getClass().getClassLoader()));
  }

  static List<Arguments> badFiles() {
    return List.of(
        bad(
            "images of a metric",
            GOOD + "metrics: [{images: 0, brightness: {}}]",
            "x.yaml:9:20: metrics[0].images: images (0) must be at least 1"),
        bad(
            "more images of a metric than are explained",
            GOOD + "metrics: [{brightness: {}, images: 5}]",
            "x.yaml:9:36: metrics[0].images: images (5) are more than are explained (4)"),
        bad(
            "images of an explainer",
            GOOD.replace("- gradient", "- {gradient: {}, images: 2}"),
            "expected one explainer",
            "gradient and images"),
        bad(
            "labels that images do not hide",
            GOOD + "metrics: [{images: 2, brightness: {}}, brightness]",
            "metrics[1]",
            "has the same label 'brightness'"),
        bad(
            "unknown metric of the meta-evaluation",
            GOOD + "metrics: [brightness]\nmeta-evaluation: {metrics: [brightnes]}",
            "x.yaml:10:29: meta-evaluation.metrics[0]: no metric",
            "'brightness'?"),
        bad(
            "unknown explainer of the meta-evaluation",
            GOOD + "metrics: [brightness]\nmeta-evaluation: {explainers: [gradient, slow]}",
            "x.yaml:10:42: meta-evaluation.explainers[1]: no explainer",
            "my slow"),
        bad(
            "a single explainer of the meta-evaluation",
            GOOD + "metrics: [brightness]\nmeta-evaluation: {explainers: [gradient]}",
            "x.yaml:10:31: meta-evaluation.explainers: explainers (gradient) must be at least 2"),
        bad(
            "a meta-evaluation of nothing",
            GOOD + "meta-evaluation: {images: 4}",
            "x.yaml:9:",
            "there are no metrics to judge"),
        bad(
            "a meta-evaluation of more images than are explained",
            GOOD + "metrics: [brightness]\nmeta-evaluation: {}",
            "x.yaml:10:18: meta-evaluation.images: images (20) are more than are explained (4)",
            "Maybe set meta-evaluation.images to 4."),
        bad(
            "noise in disorder",
            GOOD
                + "metrics: [brightness]\nmeta-evaluation: {images: 4, inputs: {minor: {from: 1, to: 0}}}",
            "x.yaml:10:",
            "from (1.0) must not exceed to (0.0)"));
  }

  private static Arguments bad(String kind, String yaml, String... said) {
    return Arguments.of(kind, yaml, List.of(said));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badFiles")
  void aProblemIsLocatedAndSaysWhatToDo(String kind, String yaml, List<String> said) {
    ConfigurationException e = catchThrowableOfType(ConfigurationException.class, () -> read(yaml));
    assertThat(e).as("no problem was found in %s", kind).isNotNull();
    assertThat(e.problems())
        .extracting(p -> p.toString().replace(folder.resolve("x.yaml").toString(), "x.yaml"))
        .anySatisfy(problem -> assertThat(problem).contains(said));
  }

  @Test
  void imagesOfAMetricReadBack() throws IOException {
    Experiment experiment = read(GOOD + "metrics: [{images: 2, brightness: {}, label: dark}]");
    assertThat(experiment.metrics().get(0).images()).hasValue(2);
    assertThat(experiment.metrics().get(0).label()).isEqualTo("dark");
    assertThat(read(Settings.yaml(experiment))).isEqualTo(experiment);
  }

  @Test
  void aMetaEvaluationReadsBackAndKeepsDefaults() throws IOException {
    Experiment experiment =
        read(
            GOOD
                + "metrics: [brightness]\n"
                + "meta-evaluation: {images: 3, inputs: {disruptive: {from: 0, to: 2}}}");
    MetaEvaluation meta = experiment.metaEvaluation().orElseThrow();
    assertThat(meta.inputs().disruptive()).isEqualTo(new ValueRange(0, 2));
    assertThat(meta.inputs().minor()).isEqualTo(new ValueRange(-0.001, 0.001));
    assertThat(meta.perturbations()).isEqualTo(5);
    assertThat(meta.hasMetric("brightness")).isTrue();
    assertThat(read(Settings.yaml(experiment))).isEqualTo(experiment);
  }
}
