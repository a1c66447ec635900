package org.explain4j.models.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.explain4j.api.Model;
import org.explain4j.network.Add;
import org.explain4j.network.Affine;
import org.explain4j.network.AveragePool;
import org.explain4j.network.Concat;
import org.explain4j.network.Convolution;
import org.explain4j.network.Dense;
import org.explain4j.network.Flatten;
import org.explain4j.network.MaxPool;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.Relu;
import org.explain4j.network.Window;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

class KerasReaderTest {
  private static final String POOL =
      "\"pool_size\": [2, 2], \"strides\": [2, 2], \"padding\": \"valid\"";

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
  void functionalNetworksGiveWhatKerasWouldGive() throws IOException {
    INDArray stem = random(1, 3, 3, 2, 4);
    INDArray branch = random(2, 1, 1, 4, 4);
    INDArray head = random(3, 8 * 4 * 3, 3);
    INDArray bias = random(4, 4);
    INDArray mean = random(5, 4);
    INDArray variance = random(6, 4).addi(1.5);
    INDArray gamma = random(7, 4).addi(1.5);
    Path file = folder.resolve("functional.h5");
    new KerasFile()
        .input(8, 6, 2)
        .conv("stem", "relu", stem, bias, "image")
        .conv("branch", "linear", branch, bias, "stem")
        .norm(
            "norm",
            0.001,
            Map.of("gamma", gamma, "beta", bias, "moving_mean", mean, "moving_variance", variance),
            "branch")
        .layer("Add", "sum", "", "norm", "stem")
        .layer("Activation", "relu", "\"activation\": \"relu\"", "sum")
        .layer("MaxPooling2D", "max", POOL, "relu")
        .layer("AveragePooling2D", "mean", POOL, "relu")
        .layer("Concatenate", "both", "\"axis\": -1", "max", "mean")
        .layer("Flatten", "flat", "", "both")
        .dense("head", "softmax", head, random(8, 3), "flat")
        .write(file, "head");
    Model model = new KerasReader().read(file);
    INDArray factor = gamma.div(Transforms.sqrt(variance.add(0.001)));
    Window two = Window.square(2).stride(2);
    Network expected =
        new Network(
            List.of(2L, 8L, 6L),
            List.of(
                new Node("stem", conv(stem, bias), List.of(Network.INPUT)),
                new Node("relu0", new Relu(), List.of("stem")),
                new Node("branch", conv(branch, bias), List.of("relu0")),
                new Node("norm", new Affine(factor, bias.sub(factor.mul(mean))), List.of("branch")),
                new Node("sum", new Add(), List.of("norm", "relu0")),
                new Node("relu", new Relu(), List.of("sum")),
                new Node("max", new MaxPool(two), List.of("relu")),
                new Node("mean", new AveragePool(two), List.of("relu")),
                new Node("both", new Concat(), List.of("max", "mean")),
                new Node("flat", new Flatten(true), List.of("both")),
                new Node(
                    "head", new Dense(head.transpose().dup('c'), random(8, 3)), List.of("flat"))));
    INDArray images = random(9, 3, 2, 8, 6);
    assertThat(model.network().inputShape()).containsExactly(2L, 8L, 6L);
    assertEqual(model.network().probabilities(images), expected.probabilities(images));
  }

  private static Convolution conv(INDArray kernel, INDArray bias) {
    INDArray weights = kernel.permute(3, 2, 0, 1).dup('c');
    int size = (int) kernel.size(0);
    return new Convolution(weights, bias, Window.square(size).pad(size / 2));
  }

  @Test
  void weightsAloneTakeTheArchitectureBesideThem() throws IOException {
    KerasFile source =
        new KerasFile()
            .input(6, 5, 2)
            .conv("stem", "relu", random(1, 3, 3, 2, 4), random(2, 4), "image")
            .layer("Flatten", "flat", "", "stem")
            .dense("head", "softmax", random(3, 6 * 5 * 4, 3), random(4, 3), "flat");
    Path whole = folder.resolve("whole.h5");
    source.write(whole, "head");
    Path weights = folder.resolve("parts.h5");
    source.writeWeights(weights);

    assertThatThrownBy(() -> new KerasReader().read(weights))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("weights without architecture")
        .hasMessageContaining("parts.json");

    Files.writeString(folder.resolve("parts.json"), source.json("head"));
    Model model = new KerasReader().read(weights);
    assertThat(model.notes()).contains("architecture from parts.json");
    INDArray input = random(5, 3, 2, 6, 5);
    assertEqual(
        model.network().probabilities(input),
        new KerasReader().read(whole).network().probabilities(input));
  }

  private static INDArray random(long seed, long... shape) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return Nd4j.createFromArray(values).reshape('c', shape);
  }

  private static void assertEqual(INDArray probabilities, INDArray expected) {
    assertThat(
            probabilities.sub(expected.castTo(probabilities.dataType())).amaxNumber().doubleValue())
        .isCloseTo(0, within(1e-5));
  }
}
