package org.explain4j.models.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.explain4j.api.Model;
import org.explain4j.api.ModelReader;
import org.explain4j.api.Preprocessing;
import org.explain4j.models.dl4j.Dl4jReader;
import org.explain4j.models.keras.KerasReader;
import org.explain4j.models.onnx.OnnxReader;
import org.explain4j.models.onnx.OnnxWriter;
import org.explain4j.network.Dense;
import org.explain4j.network.Layer;
import org.explain4j.network.Network;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Hostile model files, beyond the damages of the contract: an IOException that names them, soon.
 */
class HostileFilesTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Test
  void kerasFilesWhoseDescriptionIsDamagedAreRefusedOrRead() throws IOException {
    byte[] good = Files.readAllBytes(Shared.path("data/nets/captum_cifar10_toynet.h5"));
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 100; i++) {
      byte[] bytes = good.clone();
      for (int j = 0; j < 1 + i % 20; j++) {
        bytes[random.nextInt(20_000)] = (byte) random.nextInt(); // before the weights
      }
      readOrRefuse(new KerasReader(), Files.write(folder.resolve("damaged" + i), bytes));
    }
  }

  @Test
  void configurationsOfDl4jThatAreDamagedAreRefused() throws IOException {
    Map<String, byte[]> good = entries(dl4j());
    byte[] json = good.get("configuration.json");
    byte[] coefficients = good.get("coefficients.bin");
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 60; i++) {
      boolean first = i % 2 == 0;
      Path file =
          zip(
              "damaged" + i + ".zip",
              Map.of(
                  "configuration.json", first ? flipped(json, random) : json,
                  "coefficients.bin", first ? coefficients : flipped(coefficients, random)));
      readOrRefuse(new Dl4jReader(), file);
    }
  }

  @Test
  void aZipBombIsNotUnpacked() throws IOException {
    Path file = folder.resolve("bomb.zip");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("configuration.json"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 200; i++) {
        zip.write(zeros);
      }
      zip.closeEntry();
    }
    assertThat(Files.size(file)).isLessThan(1 << 20);
    assertThatThrownBy(() -> new Dl4jReader().read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("bomb.zip")
        .hasMessageContaining("'configuration.json' of 209715200 bytes");
  }

  @Test
  void namesThatClimbOutOfFoldersAreNotFollowed() throws IOException {
    Map<String, byte[]> entries = entries(dl4j());
    entries.put("../../climbed.txt", new byte[] {1});
    new Dl4jReader().read(zip("climbing.zip", entries));
    assertThat(folder.resolve("../../climbed.txt")).doesNotExist();
    Network network = network("../../climbed");
    Path file = folder.resolve("climbing.onnx");
    OnnxWriter.write(file, network, Preprocessing.none(), List.of());
    assertThat(new OnnxReader().read(file).network().nodes())
        .allMatch(node -> !node.name().contains("/") && !node.name().startsWith("."));
  }

  @Test
  void archivesAndConfigurationsOfOtherThingsAreRefused() throws IOException {
    refused(zip("other.zip", Map.of("a.txt", new byte[] {1})), "no entry 'configuration.json'");
    byte[] nested = "[".repeat(200_000).getBytes(StandardCharsets.UTF_8);
    refused(
        zip("deep.zip", Map.of("configuration.json", nested, "coefficients.bin", nested)),
        "deep.zip");
    Map<String, byte[]> huge = entries(dl4j());
    String json = new String(huge.get("configuration.json"), StandardCharsets.UTF_8);
    assertThat(json).contains("\"nout\" : 7");
    huge.put(
        "configuration.json",
        json.replace("\"nout\" : 7", "\"nout\" : 2000000000").getBytes(StandardCharsets.UTF_8));
    refused(zip("huge.zip", huge), "huge.zip");
  }

  private void refused(Path file, String part) {
    assertThatThrownBy(() -> new Dl4jReader().read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(part);
  }

  private static void readOrRefuse(ModelReader reader, Path file) throws IOException {
    long start = System.nanoTime();
    try {
      reader.accepts(file);
      Model model = reader.read(file);
      assertThat(model.network().nodes()).isNotEmpty();
    } catch (IOException e) {
      assertThat(e).hasMessageContaining(file.toString());
      assertThat(e.getMessage()).doesNotEndWith(": null");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
  }

  private static byte[] flipped(byte[] good, SplittableRandom random) {
    byte[] bytes = good.clone();
    for (int i = 0; i < 1 + random.nextInt(5); i++) {
      // The first half of a file is structure, most of the rest weights.
      int place = random.nextInt(random.nextBoolean() ? bytes.length / 2 + 1 : bytes.length);
      bytes[Math.min(place, bytes.length - 1)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private static Network network(String name) {
    LinkedHashMap<String, Layer> layers = new LinkedHashMap<>();
    layers.put(name, new Dense(Nd4j.ones(5, 4), Nd4j.ones(5)));
    layers.put("relu", org.explain4j.network.Activation.RELU);
    layers.put("last", new Dense(Nd4j.ones(3, 5), Nd4j.ones(3)));
    return Network.chain(List.of(4L), layers);
  }

  private Path dl4j() throws IOException {
    var configuration =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(new DenseLayer.Builder().nIn(4).nOut(7).activation(Activation.RELU).build())
            .layer(new OutputLayer.Builder().nIn(7).nOut(3).activation(Activation.SOFTMAX).build())
            .build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    Path file = folder.resolve("good.zip");
    ModelSerializer.writeModel(network, file.toFile(), false);
    return file;
  }

  private static Map<String, byte[]> entries(Path file) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    return entries;
  }

  private Path zip(String name, Map<String, byte[]> entries) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return file;
  }
}
