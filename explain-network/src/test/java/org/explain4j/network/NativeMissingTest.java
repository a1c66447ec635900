package org.explain4j.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.explain4j.network.onednn.OneDnn;
import org.explain4j.network.propagation.Composite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A process without oneDNN's native library, as on Macs with ARM: ND4J's operations serve. */
class NativeMissingTest {
  @TempDir private Path folder;

  @Test
  void withoutTheNativeNd4jComputesTheSame() throws IOException, InterruptedException {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    String without =
        Arrays.stream(all.split(File.pathSeparator))
            .filter(entry -> !new File(entry).getName().matches("(dnnl|opencl)-.*-.*-.*\\.jar"))
            .collect(Collectors.joining(File.pathSeparator));
    assertThat(run(without)).containsSubsequence("oneDNN: false", "all agree");
    assertThat(run(all)).containsSubsequence("oneDNN: " + OneDnn.isAvailable(), "all agree");
  }

  private String run(String classPath) throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    new ProcessBuilder(java, "-Xmx512m", "-cp", classPath, NativeMissingTest.class.getName())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start()
        .waitFor();
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  /** Some networks against themselves in float64. */
  public static void main(String... none) {
    System.out.println("oneDNN: " + OneDnn.isAvailable());
    for (long seed = 1; seed <= 5; seed++) {
      Network network = RandomNetwork.of(seed);
      Network exact = network.cast(DataType.DOUBLE);
      INDArray inputs =
          RandomNetwork.normal(
              new SplittableRandom(seed), 1, Shapes.withBatch(3, network.inputShape()));
      assertThat(error(network.logits(inputs), exact.logits(inputs))).isLessThan(1e-5);
      assertThat(error(gradient(network, inputs), gradient(exact, inputs))).isLessThan(1e-5);
    }
    System.out.println("all agree");
  }

  private static INDArray gradient(Network network, INDArray inputs) {
    return Composite.gradient()
        .compiled(network, true)
        .map(compiled -> compiled.run(inputs, new int[] {0, 1, 2}))
        .orElseGet(() -> layerByLayer(network, inputs));
  }

  private static INDArray layerByLayer(Network network, INDArray inputs) {
    try (Activations activations = network.forward(inputs)) {
      INDArray start = activations.logits().like();
      for (int i = 0; i < 3; i++) {
        start.putScalar(i, i, activations.logits().getDouble(i, i));
      }
      return Composite.gradient().backward(network, activations, start);
    }
  }

  private static double error(INDArray found, INDArray right) {
    INDArray difference = found.castTo(DataType.DOUBLE).sub(right);
    return difference.norm2Number().doubleValue() / right.norm2Number().doubleValue();
  }
}
