package org.explain4j.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.explain4j.api.Attributor;
import org.explain4j.api.Start;
import org.explain4j.network.Network;
import org.explain4j.network.propagation.Composite;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The classifiers of torchvision with random weights, exported and refereed by PyTorch ({@code
 * src/test/python/torchvision_networks.py}).
 */
@Tag("exhaustive")
class TorchvisionTest {
  private static final double TOLERANCE = 1e-4;
  private static final String PYTHON = "/usr/bin/python3";

  @ParameterizedTest
  @ValueSource(
      strings = {
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
        "convnext_tiny"
      })
  void logitsAndGradientsAreThoseOfPyTorch(String name) throws Exception {
    Path folder = exported(name);
    Network network = new OnnxReader().read(folder.resolve(name + ".onnx")).network();
    INDArray images = array(folder, name + ".x.npy");
    INDArray expected = array(folder, name + ".e.npy");
    INDArray gradient = array(folder, name + ".g.npy");
    double logits = Shared.distance(network.logits(images.castTo(DataType.FLOAT)), expected);
    INDArray own =
        Attributor.of(network.cast(DataType.DOUBLE), Composite.gradient(), Start.ONE)
            .attribute(images, expected.argMax(1).toIntVector());
    double gradients = Shared.distance(own, gradient);
    System.out.printf(
        Locale.ROOT,
        "%s: %d nodes, logits %.1e, gradient %.1e%n",
        name,
        network.nodes().size(),
        logits,
        gradients);
    assertThat(logits).isLessThan(TOLERANCE);
    assertThat(gradients).isLessThan(TOLERANCE);
    assertThat(gradient.norm2Number().doubleValue()).isPositive();
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
    ProcessBuilder command = new ProcessBuilder(arguments).inheritIO();
    command.command().add(0, PYTHON);
    return command.start().waitFor() == 0;
  }

  private static INDArray array(Path folder, String name) throws IOException {
    return Nd4j.createNpyFromByteArray(Files.readAllBytes(folder.resolve(name))).dup('c');
  }
}
