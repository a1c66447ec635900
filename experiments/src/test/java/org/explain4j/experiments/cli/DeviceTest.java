package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.explain4j.experiments.device.DeviceBackend;
import org.explain4j.experiments.device.DeviceBuffers;
import org.explain4j.network.numpy.NumpyStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4jBackend;

/**
 * A run where the numbers are on a device, which nothing may look into without asking for them, as
 * with a GPU's backend.
 */
@Tag("slow")
class DeviceTest {
  private static final String EXPERIMENT =
      """
      name: device
      dataset: fashion-mnist
      model: pretrained
      splits: {a: 200, b: 100, c: 100, patches-per-image: all}
      estimators: [filter, linear, two-component]
      signal-quality: {solvers: [closed-form, adam], targets: [pre], layers: [conv1, conv2, fc2]}
      explain: {images: 6, reference: 10}
      explainers:
        - gradient
        - guided-backprop
        - pattern-net
        - deep-lift
        - lrp-z-plus
        - lrp-alpha-beta
        - lrp-epsilon-gamma-box
        - pattern-attribution
        - integrated-gradients: {steps: 5}
        - lime: {samples: 20}
        - prediction-difference: {samples: 2, patch: 14, stride: 14}
      metrics:
        - degradation: {patch: 7, steps: 4}
        - road: {shares: [0.2, 0.5]}
        - max-sensitivity: {draws: 1}
        - random-logit
        - sparseness
      report: {figures: false}
      batch: 50
      """;
  private static final List<String> CPU =
      List.of("-Xmx512m", "-Dorg.bytedeco.javacpp.maxbytes=2g", "-XX:TieredStopAtLevel=1");

  @TempDir private Path folder;

  private Path run(String out, String... more) throws Exception {
    Files.writeString(folder.resolve("device.yaml"), EXPERIMENT);
    List<String> options = new ArrayList<>(CPU);
    options.addAll(List.of(more));
    Command said = Command.runWith(options, folder, "run", "device.yaml", "--out", out);
    assertThat(said.exitCode()).as(said.errors() + said.output()).isZero();
    assertThat(said.errors().contains("run on the GPU")).isEqualTo(out.equals("device"));
    return folder.resolve(out);
  }

  @Test
  void everyKernelAsksForWhatItReadsAndTellsWhatItHasWritten() throws Exception {
    Path services = Files.createDirectories(folder.resolve("boot/META-INF/services"));
    Files.writeString(
        services.resolve(Nd4jBackend.class.getName()), DeviceBackend.class.getName() + "\n");
    Path device = run("device", "-Xbootclasspath/a:" + folder.resolve("boot"));
    Path cpu = run("cpu", "-Dexplain4j.onednn=false");
    for (String map : List.of("gradient", "pattern-attribution", "lrp-epsilon-gamma-box")) {
      assertSame("attributions/" + map + ".npy", device, cpu);
    }
    assertThat(Files.readString(device.resolve("environment.json")))
        .contains("\"backend\" : \"DeviceBackend\"", "\"onednn\" : \"none\"");
  }

  @Test
  void whoDoesNotAskIsRefused() {
    DataBuffer buffer = new DeviceBuffers().create(DataType.FLOAT, 4, true);
    assertThatThrownBy(() -> buffer.asNioFloat()).hasMessageContaining("are on the device");
    assertThatThrownBy(() -> buffer.addressPointer()).hasMessageContaining("are on the device");
  }

  private static void assertSame(String file, Path one, Path other) throws IOException {
    try (INDArray a = NumpyStream.read(one.resolve(file));
        INDArray b = NumpyStream.read(other.resolve(file))) {
      double scale = b.amaxNumber().doubleValue();
      assertThat(a.sub(b).amaxNumber().doubleValue() / scale).as(file).isCloseTo(0, within(1e-4));
    }
  }
}
