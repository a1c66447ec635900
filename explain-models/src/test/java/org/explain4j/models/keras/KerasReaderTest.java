package org.explain4j.models.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.explain4j.api.Model;
import org.explain4j.models.keras.KerasNet.Entry;
import org.explain4j.network.Dense;
import org.explain4j.network.Network;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

class KerasReaderTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tinyvgg_tinyimagenet10",
        "captum_cifar10_toynet",
        "convnetjs_cifar10",
        "kerasjs_mnist_cnn",
        "simpnet_cifar10_300K_93.25"
      })
  void probabilitiesEqualThoseOfTheSource(String net) throws IOException {
    Path file = Shared.path("data/nets/" + net + ".h5");
    assertThat(new KerasReader().accepts(file)).isTrue();
    Model model = new KerasReader().read(file);
    var forward = Shared.npz("data/nets/" + net + ".forward.npz");
    INDArray expected = Transforms.softmax(forward.get("logits"), true);
    assertEqual(model.network().probabilities(forward.get("input")), expected);
  }

  @Test
  void networkOfTheGoldenFolderEqualsItsSource() throws IOException {
    Model model = new KerasReader().read(Shared.path("golden/keras/small_vgg.h5"));
    INDArray inputs = Shared.npy("golden/inputs");
    assertEqual(model.network().probabilities(inputs), Shared.npy("golden/softmax"));
  }

  @Test
  void weightsAloneTakeTheArchitectureBesideThem() throws IOException {
    KerasNet net = mlp("dense", "head");
    Path weights = folder.resolve("parts.h5");
    KerasFiles.saveWeights(weights, net);
    assertThatThrownBy(() -> new KerasReader().read(weights))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("weights without an architecture")
        .hasMessageContaining("parts.json");

    Files.writeString(folder.resolve("parts.json"), net.json(2).toString());
    Model model = new KerasReader().read(weights);
    assertThat(model.notes()).contains("architecture from parts.json");
    assertEqual(logits(model.network()), logits(read(net).network()));

    // Names that another session counted: Keras goes by the order.
    String other = mlp("dense_7", "dense_8").json(2).toString();
    Files.writeString(folder.resolve("parts.json"), other);
    assertEqual(logits(new KerasReader().read(weights).network()), logits(model.network()));
  }

  @ParameterizedTest
  @CsvSource({"b, e", "a/b/c, d", "W, kernel"})
  void layersMayHaveAnyNames(String first, String second) throws IOException {
    assertThat(logits(read(mlp(first, second)).network()).shape()).containsExactly(2, 3);
  }

  @Test
  void aLayerThatIsCalledTwiceHasItsWeightsTwice() throws IOException {
    KerasNet net =
        net(dense("shared", 4, 4, "relu", "in"), dense("head", 4, 3, "linear", "shared"));
    String json = net.json(2).toString();
    String called = "[[[\"in\",0,0,{}]]]";
    String read = "[[[\"shared\",0,0,{}]]]";
    assertThat(json).contains(called, read);
    String twice =
        json.replace(called, "[[[\"in\",0,0,{}]],[[\"shared\",0,0,{}]]]")
            .replace(
                ",\"name\":\"head\",\"inbound_nodes\":" + read,
                ",\"name\":\"head\",\"inbound_nodes\":[[[\"shared\",1,0,{}]]]");
    Network network = new KerasReader().read(written(twice, net)).network();
    assertThat(network.nodes().stream().filter(n -> n.layer() instanceof Dense)).hasSize(3);
    Dense first = (Dense) network.node("shared").layer();
    Dense again = (Dense) network.node("shared_2").layer();
    assertThat(again.weights()).isEqualTo(first.weights());
  }

  @Test
  void weightsThatNoLayerTakesAreRefused() throws IOException {
    KerasNet written = mlp("dense", "head");
    KerasNet described = net(dense("dense", 4, 3, "linear", "in"));
    assertRefused(described.json(2).toString(), written, "belong to no layer", "head");
  }

  @Test
  void weightsThatAreMissingAreRefused() throws IOException {
    KerasNet described = mlp("dense", "head");
    KerasNet written = net(dense("dense", 4, 4, "relu", "in"));
    assertRefused(
        described.json(2).toString(), written, "layer 'head' (Dense)", "[kernel, bias]", "has 0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"Dense\"             | \"LSTM\"                        | 'first' (LSTM)",
        "\"keras.layers\"      | \"mylib.layers\"                | mylib.layers",
        "\"relu\"              | \"exponential\"                 | activation exponential",
        "\"units\":4           | \"units\":\"many\"              | units is \"many\"",
        "\"units\":4           | \"units\":-4                    | units is -4",
        "\"units\":4           | \"units\":2000000000            | [4, 2000000000]",
        "[\"first\",0,0]       | [\"nobody\",0,0]                | nobody",
        "[\"first\",0,0]       | [\"first\",1,0]                 | (call 1, output 0)",
        "\"class_name\":\"DTypePolicy\" | \"class_name\":\"QuantizedDTypePolicy\" | 'first'"
            + " (Dense)",
        "\"Functional\"        | \"Wrapper\"                     | (Wrapper)"
      })
  void whatIsNotSupportedIsNamed(String part, String other, String message) throws IOException {
    KerasNet net = mlp("first", "head");
    String json = net.json(3).toString();
    assertThat(json).contains(part);
    assertRefused(json.replace(part, other), net, message);
  }

  @Test
  void archivesWhoseWeightsAreOfAnotherLayerAreRefused() throws IOException {
    KerasNet net = mlp("first", "head");
    Path file = folder.resolve("mixed.keras");
    KerasFiles.saveKeras(file, net, 3, folder);
    Map<String, byte[]> entries = KerasFiles.entries(file);
    entries.put(
        "config.json", mlp("first", "other").json(3).toString().getBytes(StandardCharsets.UTF_8));
    KerasFiles.zip(file, entries);
    assertThatThrownBy(() -> new KerasReader().read(file))
        .hasMessageContainingAll("mixed.keras", "layer 'other' (Dense)", "belong to 'head'");
  }

  /** Written by HDF5's own library: jHDF cannot write texts of that length. */
  @Test
  void descriptionsOfAHundredKilobytesAreRead() throws Exception {
    Path python = Path.of("/usr/bin/python3");
    Assumptions.assumeTrue(
        Files.isExecutable(python) && python("import h5py") == 0,
        "skipped: no python3 with h5py is here");
    KerasNet net = mlp("first", "head");
    ObjectNode json = net.json(2);
    json.put("padding", "x".repeat(100_000));
    Path text = Files.writeString(folder.resolve("config.json"), json.toString());
    Path file = folder.resolve("long.h5");
    KerasFiles.saveH5(file, net, 2);
    int done =
        python(
            "import h5py; f = h5py.File('%s', 'a'); f.attrs['model_config'] = open('%s').read()"
                .formatted(file, text));
    Assumptions.assumeTrue(done == 0, "skipped: h5py does not change a file of jHDF");
    assertEqual(logits(new KerasReader().read(file).network()), logits(read(net).network()));
  }

  private static int python(String program) throws Exception {
    Process process =
        new ProcessBuilder("/usr/bin/python3", "-c", program)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor(60, TimeUnit.SECONDS) ? process.exitValue() : -1;
  }

  private static KerasNet mlp(String first, String second) {
    return net(dense(first, 4, 4, "relu", "in"), dense(second, 4, 3, "softmax", first));
  }

  private static KerasNet net(Entry... entries) {
    return new KerasNet(
        "net", false, "in", new int[] {4}, List.of(entries), entries[entries.length - 1].name());
  }

  private static Entry dense(String name, int d, int units, String activation, String input) {
    SplittableRandom random = new SplittableRandom(7);
    return new Entry(
        "Dense",
        name,
        JSON.objectNode().put("units", units).put("activation", activation),
        List.of(
            SlowArray.zeros(d, units).map(v -> random.nextDouble(-1, 1)),
            SlowArray.zeros(units).map(v -> random.nextDouble(-1, 1))),
        List.of("kernel", "bias"),
        List.of(input),
        null);
  }

  private Model read(KerasNet net) throws IOException {
    return new KerasReader().read(written(net.json(2).toString(), net));
  }

  private Path written(String json, KerasNet net) {
    Path file = folder.resolve("net.h5");
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putAttribute("model_config", json);
      KerasFiles.weights(hdf.putGroup("model_weights"), net);
    }
    return file;
  }

  private void assertRefused(String json, KerasNet net, String... parts) {
    Path file = written(json, net);
    assertThatThrownBy(() -> new KerasReader().read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("net.h5")
        .hasMessageContainingAll(parts)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("http"));
  }

  private static INDArray logits(Network network) {
    return network.logits(
        Nd4j.createFromArray(new float[][] {{0.5f, -1, 2, 0.25f}, {1, 1, -0.5f, 3}}));
  }

  private static void assertEqual(INDArray actual, INDArray expected) {
    assertThat(actual.sub(expected.castTo(actual.dataType())).amaxNumber().doubleValue())
        .isCloseTo(0, within(1e-5));
  }
}
