package org.explain4j.experiments.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.explain4j.api.Attributor;
import org.explain4j.api.Catalog;
import org.explain4j.api.Explainer;
import org.explain4j.api.KebabCase;
import org.explain4j.api.ModelReader;
import org.explain4j.api.Start;
import org.explain4j.network.Network;
import org.explain4j.network.files.WholeFile;
import org.explain4j.network.propagation.Applicability;
import org.explain4j.network.propagation.Composite;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The classifiers of torchvision with random weights, exported and refereed by PyTorch ({@code
 * src/test/python/torchvision_networks.py}); writes the table in {@code docs/models.md}.
 */
@Tag("exhaustive")
class TorchvisionTest {
  private static final double TOLERANCE = 1e-4;
  private static final String PYTHON = "/usr/bin/python3";
  private static final String BEGIN = "<!-- torchvision: written by TorchvisionTest -->\n";
  private static final String END = "<!-- end of torchvision -->";

  private static final List<String> NETWORKS =
      List.of(
          "alexnet",
          "vgg11_bn",
          "squeezenet1_1",
          "resnet18",
          "resnet50",
          "resnext50_32x4d",
          "densenet121",
          "googlenet",
          "inception_v3",
          "mobilenet_v2",
          "mobilenet_v3_small",
          "shufflenet_v2_x1_0",
          "mnasnet1_0",
          "efficientnet_b0",
          "regnet_y_400mf",
          "convnext_tiny");

  /** Methods that answer alike. */
  private static final Map<String, List<String>> FAMILIES = families();

  private static final Map<String, String> ROWS = new LinkedHashMap<>();

  private static Map<String, List<String>> families() {
    Map<String, List<String>> families = new LinkedHashMap<>();
    families.put(
        "gradients, Integrated and Expected Gradients",
        List.of("gradient", "gradient-x-input", "integrated-gradients", "expected-gradients"));
    families.put("DeepLIFT", List.of("deep-lift"));
    families.put(
        "LRP-epsilon, -gamma and composites",
        List.of(
            "lrp-epsilon",
            "lrp-gamma",
            "lrp-epsilon-plus",
            "lrp-epsilon-plus-flat",
            "lrp-epsilon-gamma-box"));
    families.put("Guided Backprop", List.of("guided-backprop"));
    families.put("Grad-CAM", List.of("grad-cam"));
    families.put("PatternNet, PatternAttribution", List.of("pattern-net", "pattern-attribution"));
    families.put("perturbing methods", List.of("occlusion", "rise", "lime", "kernel-shap"));
    return families;
  }

  static List<String> networks() {
    return NETWORKS;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void logitsAndGradientsAreThoseOfPyTorch(String name) throws Exception {
    Path folder = exported(name);
    ModelReader reader = Catalog.of(ModelReader.class).get("onnx");
    Network network = reader.read(folder.resolve(name + ".onnx")).network();
    INDArray images = array(folder, name + ".x.npy");
    INDArray expected = array(folder, name + ".e.npy");
    INDArray gradient = array(folder, name + ".g.npy");
    double logits = Shared.distance(network.logits(images.castTo(DataType.FLOAT)), expected);
    Network exact = network.cast(DataType.DOUBLE);
    INDArray own =
        Attributor.of(exact, Composite.gradient(), Start.ONE)
            .attribute(images, expected.argMax(1).toIntVector());
    double gradients = Shared.distance(own, gradient);
    assertThat(logits).as("logits").isLessThan(TOLERANCE);
    assertThat(gradients).as("gradient").isLessThan(TOLERANCE);
    assertThat(gradient.norm2Number().doubleValue()).isPositive();
    ROWS.put(name, row(name, network, logits, gradients));
  }

  private static String row(String name, Network network, double logits, double gradients) {
    StringBuilder row = new StringBuilder();
    row.append(
        String.format(
            Locale.ROOT,
            "| `%s` | %d | %.0e | %.0e |",
            name,
            network.nodes().size(),
            logits,
            gradients));
    Catalog<Explainer> explainers = Catalog.of(Explainer.class);
    for (List<String> family : FAMILIES.values()) {
      Applicability worst =
          Applicability.worst(
              family.stream()
                  .map(id -> explainers.get(id).applicability(network))
                  .toArray(Applicability[]::new));
      row.append(" ").append(KebabCase.of(worst.level())).append(" |");
    }
    return row.append("\n").toString();
  }

  /** The rows of the networks that were computed now; those of others stay. */
  @AfterAll
  static void writeTable() throws IOException {
    Path page = Path.of("..", "docs", "models.md");
    String text = Files.readString(page);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    assertThat(end).as("the place of the table in " + page).isGreaterThan(begin - 1);
    Map<String, String> rows = new LinkedHashMap<>();
    for (String network : NETWORKS) {
      text.substring(begin, end)
          .lines()
          .filter(line -> line.startsWith("| `" + network + "` |"))
          .forEach(line -> rows.put(network, line + "\n"));
      if (ROWS.containsKey(network)) {
        rows.put(network, ROWS.get(network));
      }
    }
    StringBuilder table = new StringBuilder("| network | nodes | logits | gradient |");
    FAMILIES.keySet().forEach(family -> table.append(" ").append(family).append(" |"));
    table.append("\n|---|---|---|---|").append("---|".repeat(FAMILIES.size())).append("\n");
    rows.values().forEach(table::append);
    String changed = text.substring(0, begin) + table + text.substring(end);
    WholeFile.write(page, out -> out.write(changed.getBytes(StandardCharsets.UTF_8)));
  }

  /** Kept in the build's folder: the export takes longer than the test. */
  private static Path exported(String name) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(Path.of("target", "torchvision"));
    if (!Files.exists(folder.resolve(name + ".g.npy"))) {
      Path script = Path.of("src", "test", "python", "torchvision_networks.py");
      assumeTrue(
          run("-c", "import torch, torchvision"),
          "skipped: " + PYTHON + " has no torchvision (apt-get install python3-torchvision)");
      assertThat(run(script.toString(), name, folder.toString())).as("the export").isTrue();
    }
    return folder;
  }

  private static boolean run(String... arguments) throws IOException, InterruptedException {
    if (!Files.isExecutable(Path.of(PYTHON))) {
      return false;
    }
    ProcessBuilder command = new ProcessBuilder(new ArrayList<>(List.of(arguments))).inheritIO();
    command.command().add(0, PYTHON);
    return command.start().waitFor() == 0;
  }

  private static INDArray array(Path folder, String name) throws IOException {
    return Nd4j.createNpyFromByteArray(Files.readAllBytes(folder.resolve(name))).dup('c');
  }
}
