package org.explain4j.experiments.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.explain4j.api.Explainer;
import org.explain4j.api.RegressionTarget;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ExperimentFileTest {
  private static final String GOOD =
      """
      name: test
      dataset: {tiny-images: {train: 40}}
      model: tiny-network
      splits: {a: 20, b: 10, c: 10}
      estimators:
        - linear
        - {linear: {fit-on: post}, label: linear-post}
      explain: {images: 4}
      explainers:
        - gradient
        - pattern-net: {estimator: {linear: {fit-on: post}}}
        - {slow: {milliseconds: 1}, label: my slow}
      """;

  @TempDir private Path folder;

  private Experiment read(String yaml, String... overrides) throws IOException {
    Path file = Files.writeString(folder.resolve("x.yaml"), yaml);
    return ExperimentFile.read(
        file, List.of(overrides), Extensions.of(getClass().getClassLoader()));
  }

  private List<String> problems(String yaml, String... overrides) {
    ConfigurationException e =
        catchThrowableOfType(ConfigurationException.class, () -> read(yaml, overrides));
    assertThat(e).as("no problem was found").isNotNull();
    return e.problems().stream()
        .map(p -> p.toString().replace(folder.resolve("x.yaml").toString(), "x.yaml"))
        .toList();
  }

  @Test
  void settingsReachTheExtensionsAndTheRestIsDefault() throws IOException {
    Experiment experiment = read(GOOD);
    assertThat(experiment.estimators().get(1).label()).isEqualTo("linear-post");
    assertThat(experiment.estimators().get(1).extension().fitOn()).isEqualTo(RegressionTarget.POST);
    assertThat(experiment.estimators().get(0).extension().fitOn()).isEqualTo(RegressionTarget.PRE);
    assertThat(experiment.explainers().get(1).extension().toString()).contains("POST");
    assertThat(experiment.explainers().get(2).label()).isEqualTo("my slow");
    assertThat(experiment.dataset().orElseThrow().toString()).contains("train=40", "test=30");
    assertThat(experiment.batch()).isEqualTo(new Experiment().batch());
  }

  @Test
  void theEffectiveConfigurationReadsBackAsTheSameExperiment() throws IOException {
    Experiment experiment = read(GOOD);
    String effective = Settings.yaml(experiment);
    assertThat(read(effective)).isEqualTo(experiment);
    assertThat(Settings.yaml(read(effective))).isEqualTo(effective);
  }

  @Test
  void everyExtensionReadsBackFromItsDefaultSettings() throws IOException {
    Extensions extensions = Extensions.of(getClass().getClassLoader());
    StringBuilder yaml = new StringBuilder(GOOD.substring(0, GOOD.indexOf("  - gradient")));
    var explainers = extensions.byType().get(Explainer.class).providers().values();
    explainers.forEach(
        e ->
            yaml.append("  - ")
                .append(e.id())
                .append(": {")
                .append(Settings.line(e))
                .append("}\n"));
    assertThat(explainers).hasSizeGreaterThan(10);
    assertThat(read(yaml.toString()).explainers())
        .extracting(Configured::extension)
        .containsExactlyElementsOf(explainers.stream().map(Explainer.class::cast).toList());
  }

  @Test
  void overridesReplaceAddAndGoIntoLists() throws IOException {
    Experiment experiment =
        read(
            GOOD,
            "splits.a=21",
            "seed=7",
            "explainers.0.gradient.start=logit",
            "explainers.1.pattern-net.estimator=filter",
            "explainers.3={slow: {milliseconds: 2}}",
            "dataset.tiny-images.test=20");
    assertThat(experiment.splits().a()).isEqualTo(21);
    assertThat(experiment.seed()).isEqualTo(7);
    assertThat(experiment.explainers().get(0).extension().toString()).contains("LOGIT");
    assertThat(experiment.explainers().get(1).extension().toString()).contains("Filter");
    assertThat(experiment.explainers()).hasSize(4);
    assertThat(experiment.dataset().orElseThrow().toString()).contains("train=40", "test=20");
  }

  static List<Arguments> badFiles() {
    return List.of(
        bad("not YAML", "name: [a\nb: c", "x.yaml:2:", "not valid YAML"),
        bad("empty", "", "x.yaml: is empty"),
        bad("unknown key", GOOD + "spltis: {}", "x.yaml:13:", "spltis", "Did you mean 'splits'?"),
        bad(
            "unknown id",
            swap("- gradient", "- gradeint"),
            "x.yaml:10:5: explainers[0]",
            "'gradient'?"),
        bad(
            "unknown setting",
            swap("fit-on: post}, label", "fiton: post}, label"),
            "x.yaml:7:",
            "fit-on"),
        bad(
            "nested id",
            swap("{linear: {fit-on: post}}}", "{lineal: {}}}"),
            "x.yaml:11:",
            "'linear'?"),
        bad(
            "wrong type",
            swap("a: 20", "a: many"),
            "x.yaml:4:13: splits.a: expected a whole number, found 'many'"),
        bad("fraction", swap("a: 20", "a: 2.5"), "splits.a: expected a whole number, found '2.5'"),
        bad(
            "out of range",
            swap("a: 20", "a: 1"),
            "x.yaml:4:13: splits.a: a (1) must be at least 2"),
        bad("seed", GOOD + "seed: 0", "x.yaml:13:7: seed: seed (0) must be at least 1"),
        bad(
            "enum",
            swap("fit-on: post}, label", "fit-on: past}, label"),
            "pre or post, found 'past'",
            "'post'?"),
        bad(
            "duplicate label",
            swap("label: linear-post", "label: Linear"),
            "x.yaml:7:5: estimators[1]",
            "estimators[0]"),
        bad("label", swap("my slow", "../slow"), "x.yaml:12:", "cannot name a file"),
        bad("duplicate key", GOOD + "batch: 1\nbatch: 2", "x.yaml:14:1: batch: is given twice"),
        bad(
            "list",
            swap("  - gradient\n", "  gradient:\n")
                .replaceAll("(?m)^  - (pattern|\\{slow).*\n", ""),
            "explainers: expected a list"),
        bad("no model", swap("model: tiny-network\n", ""), "x.yaml:1:1: 'model' is missing"),
        bad(
            "two ids",
            swap("- gradient", "- {gradient: {}, slow: {}}"),
            "expected one explainer",
            "gradient and slow"),
        bad(
            "missing file",
            swap("tiny-network", "{file: {path: nothing.onnx}}"),
            "x.yaml:3:22: model.file.path: There is no model file 'nothing.onnx'"),
        bad("too many images", swap("images: 4", "images: 40"), "explain.images", "which has 10"),
        bad(
            "map of unknown labels",
            GOOD + "report: {estimator-maps: {linaer: gradient}}",
            "'linear'?"),
        bad("recursive", "name: &a [*a]", "x.yaml:1:"),
        bad("merge", "a: &a {b: 1}\nname: x\n<<: *a", "unknown key"));
  }

  private static Arguments bad(String kind, String yaml, String... said) {
    return Arguments.of(kind, yaml, List.of(said));
  }

  private static String swap(String old, String now) {
    assertThat(GOOD).contains(old);
    return GOOD.replace(old, now);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badFiles")
  void aProblemIsLocatedAndSaysWhatToDo(String kind, String yaml, List<String> said) {
    assertThat(problems(yaml)).anySatisfy(problem -> assertThat(problem).contains(said));
  }

  @Test
  void everyProblemIsReportedAtOnce() {
    String yaml =
        swap("a: 20", "a: many").replace("- gradient", "- gradeint").replace("test", "a/b")
            + "nonsense: 1\n";
    assertThat(problems(yaml))
        .hasSize(4)
        .anySatisfy(problem -> assertThat(problem).contains("name: The name 'a/b' cannot name"));
  }

  /** The labels as well, of methods whose settings are wrong, and of maps. */
  @Test
  void allProblemsAtOnce() throws IOException {
    Path file = Shared.path("cases/config/all_problems_at_once.yaml");
    assertThat(problems(Files.readString(file)))
        .hasSize(13)
        .anySatisfy(
            problem ->
                assertThat(problem)
                    .contains("x.yaml:9:5: explainers[1]: has the same label 'gradient'"))
        .anySatisfy(
            problem ->
                assertThat(problem)
                    .contains("x.yaml:15:", "no estimator of this experiment has", "'linear'"))
        .anySatisfy(
            problem ->
                assertThat(problem)
                    .contains("no explainer of this experiment has", "'patternattribution'"));
  }

  @Test
  void deepNestingIsRefused() {
    String deep = "[".repeat(30_000) + "]".repeat(30_000);
    assertThat(problems("name: x\nexplainers: " + deep))
        .singleElement()
        .asString()
        .contains("x.yaml", "is nested too deeply");
  }

  @Test
  void aMissingFileIsReportedTogetherWithWhatOnlyAWholeExperimentShows() {
    String yaml = swap("tiny-network", "{file: {path: nothing.onnx}}").replace("4}", "40}");
    assertThat(problems(yaml))
        .hasSize(2)
        .anySatisfy(problem -> assertThat(problem).contains("explain.images"))
        .anySatisfy(problem -> assertThat(problem).contains("model.file.path"));
  }

  @Test
  void everyPathSettingIsCheckedAtItsLine() throws IOException {
    Files.createDirectory(folder.resolve("images"));
    record Case(String setting, String said) {}
    for (Case c :
        List.of(
            new Case("{cifar10: {path: no.tar.gz}}", "x.yaml:2:27: dataset.cifar10.path: '"),
            new Case("{mnist: {directory: no}}", "x.yaml:2:30: dataset.mnist.directory: There is"),
            new Case("{fashion-mnist: {directory: no}}", "dataset.fashion-mnist.directory: There"),
            new Case("image-folder", "x.yaml:2:10: dataset.path: No images are given."),
            new Case("{image-folder: {path: no.zip}}", "dataset.image-folder.path: There is no"),
            new Case(
                "{image-folder: {path: images, labels: no.csv}}",
                "dataset.image-folder.labels: There is no 'no.csv'"),
            new Case(
                "{image-folder: {path: images, classes: no.txt}}",
                "dataset.image-folder.classes: There is no 'no.txt'"),
            new Case("npy", "dataset.inputs: The inputs ('') or the labels ('') are missing."),
            new Case(
                "{npy: {inputs: no.npz:x, labels: no.npy}}",
                "dataset.npy.inputs: There is no file '" + folder.resolve("no.npz")),
            new Case(
                "{npy: {inputs: no.npz:x, labels: no.npy}}",
                "dataset.npy.labels: There is no file '" + folder.resolve("no.npy")),
            new Case("{npy: {inputs: \"\\0\", labels: x}}", "is not a file name"))) {
      assertThat(problems(swap("{tiny-images: {train: 40}}", c.setting())))
          .anySatisfy(problem -> assertThat(problem).contains(c.said()));
    }
  }

  @Test
  void aProblemOfAnOverrideNamesTheOption() {
    assertThat(problems(GOOD, "splits.a=lots"))
        .containsExactly("--set splits.a=lots: splits.a: expected a whole number, found 'lots'");
    assertThat(problems(GOOD, "explainers.9=gradient")).first().asString().contains("list of 3");
    assertThat(problems(GOOD, "splits")).first().asString().contains("key.key=value");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(
            () ->
                ExperimentFile.read(
                    folder.resolve("nothing.yaml"),
                    List.of(),
                    Extensions.of(getClass().getClassLoader())))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("nothing.yaml")
        .hasMessageContaining("no such file");
  }
}
