package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.explain4j.experiments.tiny.Fault;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Extensions of every kind with every fault: the guilty cell is named with the reason, and what the
 * others computed is the same as without it.
 */
final class BadPluginsTest {
  private static final Map<Fault, String> SAID =
      Map.of(
          Fault.MESSAGE, "It is not to my taste.",
          Fault.NO_MESSAGE, "NullPointerException",
          Fault.ASSERTION, "AssertionError: One is not two.",
          Fault.NO_CLASS, "NoClassDefFoundError: com/example/Missing",
          Fault.STACK, "StackOverflowError",
          Fault.MEMORY, "Out of memory: Java heap space",
          Fault.RETURNS_NULL, "returned null",
          Fault.NOT_A_NUMBER, "finite",
          Fault.WRONG_SHAPE, "have the shape",
          Fault.WEIGHTS, "It changed the weights of the network");

  @TempDir private static Path folder;

  /** Runs with no faulty extension, and with all faulty ones of a kind. */
  @BeforeAll
  static void run() throws IOException {
    assertThat(run("good", "").exitCode()).isZero();
    for (String kind : List.of("explainer", "estimator", "metric")) {
      Command run = run(kind, kind);
      assertThat(run.exitCode()).as(run.errors()).isEqualTo(Main.MEMORY); // of one cell
      assertThat(run.output() + run.errors()).doesNotContain("\tat ", "defect");
    }
  }

  private static Command run(String name, String kind) throws IOException {
    String text =
        """
        name: %s
        dataset: tiny-images
        model: tiny-network
        splits: {a: 20, b: 10, c: 10}
        explain: {images: 4}
        estimators: [filter, linear%s]
        signal-quality: {solvers: [closed-form], targets: [pre]}
        explainers: [gradient, lrp-0%s]
        metrics: [brightness%s]
        """
            .formatted(
                name, faulty(kind, "estimator"), faulty(kind, "explainer"), faulty(kind, "metric"));
    Path file = Files.writeString(folder.resolve(name + ".yaml"), text);
    return Command.here("run", file.toString(), "--out", folder.resolve(name).toString());
  }

  private static String faulty(String kind, String wanted) {
    return kind.equals(wanted)
        ? Stream.of(Fault.values())
            .map(f -> ", {faulty-%s: {fault: %s}, label: %s}".formatted(kind, name(f), name(f)))
            .collect(Collectors.joining())
        : "";
  }

  private static String name(Fault fault) {
    return fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Rows of one faulty extension's cells. */
  private static List<String> failures(String kind, Fault fault) throws IOException {
    String text = Files.readString(folder.resolve(kind).resolve("failures.csv"));
    return Arrays.stream(text.split("\n(?=[a-z-]+,)"))
        .filter(row -> row.split(",", 3)[1].matches("(.* )?" + name(fault) + "( .*)?"))
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void anExplainersFaultIsItsCells(Fault fault) throws IOException {
    assertThat(failures("explainer", fault))
        .hasSize(1)
        .first()
        .asString()
        .contains(SAID.get(fault));
    assertThat(folder.resolve("explainer/explainers.csv"))
        .content()
        .contains("\n" + name(fault) + ",");
  }

  @ParameterizedTest
  @EnumSource
  void anEstimatorsFaultIsItsCells(Fault fault) throws IOException {
    assertThat(failures("estimator", fault))
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row).contains(SAID.get(fault)));
  }

  @ParameterizedTest
  @EnumSource
  void aMetricsFaultIsItsCells(Fault fault) throws IOException {
    List<String> failures = failures("metric", fault);
    if (fault == Fault.NOT_A_NUMBER) {
      assertThat(failures).isEmpty();
      assertThat(folder.resolve("metric/scores.csv"))
          .content()
          .containsPattern("not-a-number,tests,none,higher,gradient,[^\n]*,4,1,");
    } else {
      String said = fault == Fault.WRONG_SHAPE ? "has 5 values for 4 images" : SAID.get(fault);
      assertThat(failures)
          .hasSize(2) // one for each explainer
          .allSatisfy(row -> assertThat(row).contains(said));
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NOT_A_NUMBER", "WRONG_SHAPE", "WEIGHTS"})
  void dataThatCannotBeOpenedEndTheRunByName(Fault fault) throws IOException {
    assertEnds(
        fault,
        "FaultyImages",
        "dataset: {faulty-images: {fault: %s}}\nmodel: tiny-network".formatted(name(fault)));
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NOT_A_NUMBER", "WRONG_SHAPE", "WEIGHTS"})
  void aModelThatCannotBeReadEndsTheRunByName(Fault fault) throws IOException {
    Files.writeString(folder.resolve("net.faulty"), fault.name());
    assertEnds(fault, "net.faulty", "dataset: tiny-images\nmodel: {file: {path: net.faulty}}");
  }

  private static void assertEnds(Fault fault, String named, String parts) throws IOException {
    String text = "splits: {a: 4, b: 0, c: 4}\nexplainers: [gradient]\nexplain: {images: 2}\n";
    Path file = Files.writeString(folder.resolve("ends.yaml"), parts + "\n" + text);
    Path out = folder.resolve("ends-" + name(fault));
    Command run = Command.here("run", file.toString(), "--out", out.toString());
    assertThat(run.exitCode())
        .as(run.errors())
        .isEqualTo(fault == Fault.MEMORY ? Main.MEMORY : Main.INPUT_OUTPUT);
    assertThat(run.errors()).contains(SAID.get(fault)).doesNotContain("\tat ", "defect");
    if (fault != Fault.MEMORY) {
      assertThat(run.errors()).contains(named);
    }
  }

  @Test
  void aReaderThatThrowsWhenItIsAskedLeavesTheFileToTheOthers() throws IOException {
    Path model = folder.resolve("asked.onnx");
    try (InputStream good = BadPluginsTest.class.getResourceAsStream("mutants/network.onnx")) {
      Files.copy(good, model);
    }
    assertThat(Command.here("inspect", "--no-methods", model.toString()).exitCode()).isZero();
    Path text = Files.writeString(folder.resolve("asked.txt"), "text");
    Command inspect = Command.here("inspect", text.toString());
    assertThat(inspect.exitCode()).isEqualTo(Main.INPUT_OUTPUT);
    assertThat(inspect.errors())
        .contains(text + " is not in a format", "'faulty-reader' failed", "I do not like");
  }

  @Test
  void whatTheOthersComputedIsUnchanged() throws IOException {
    List<String> files;
    try (Stream<Path> all = Files.walk(folder.resolve("good"))) {
      files =
          all.map(file -> folder.resolve("good").relativize(file).toString())
              .filter(file -> file.matches("(patterns|attributions|scores|curves)/.*\\.npy"))
              .toList();
    }
    assertThat(files).hasSizeGreaterThan(10);
    for (String kind : List.of("explainer", "estimator", "metric")) {
      for (String file : files) {
        assertThat(folder.resolve(kind).resolve(file))
            .as(kind)
            .hasSameBinaryContentAs(folder.resolve("good").resolve(file));
      }
      assertThat(rho(kind)).containsAll(rho("good"));
    }
  }

  /** Rows without the time that they took. */
  private static List<String> rho(String run) throws IOException {
    return Files.readAllLines(folder.resolve(run).resolve("signal-quality.csv")).stream()
        .map(row -> row.replaceFirst("(([^,]*,){30}).*", "$1"))
        .toList();
  }
}
