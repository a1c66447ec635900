package org.explain4j.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.explain4j.api.Dataset;
import org.explain4j.api.Model;
import org.explain4j.api.ModelProvider.Request;
import org.explain4j.api.Progress;
import org.explain4j.api.Split;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

public class TrainedModelTest {
  private static final TrainedModel SMALL = new TrainedModel(4, 16, 0.01, 7, List.of(4), 8);

  @TempDir Path folder;

  /**
   * The recipe of the shipped network: the file in target/trained is the resource
   * fashion-small-vgg.onnx.
   */
  @Test
  @Tag("slow")
  void defaultsReachTheAccuracyOfTheShippedNetwork() throws IOException {
    Dataset data = FashionFiles.dataset();
    Request request = new Request(data, folder, Path.of("target", "trained"), Progress.silent());
    Model model = new TrainedModel().provide(request);
    assertThat(accuracy(model.network(), data.test())).isGreaterThanOrEqualTo(0.86);
  }

  @Test
  void brightAndDarkImagesAreLearned() throws IOException {
    Dataset data = brightness(200);
    TrainedModel longer = new TrainedModel(12, 16, 0.01, 7, List.of(4), 8);
    Model model = longer.provide(new Request(data, folder, folder, Progress.silent()));
    assertThat(accuracy(model.network(), data.test())).isGreaterThan(0.95);
    assertThat(model.classNames()).containsExactly("dark", "bright");
  }

  @Test
  void sameSeedGivesTheSameNetwork() throws IOException {
    Dataset data = brightness(60);
    Model first = SMALL.provide(new Request(data, folder, folder.resolve("1"), Progress.silent()));
    Model second = SMALL.provide(new Request(data, folder, folder.resolve("2"), Progress.silent()));
    assertThat(first.fingerprint()).isEqualTo(second.fingerprint());
  }

  @Test
  void aNetworkIsTrainedOncePerSettingsAndData() throws IOException {
    List<String> notes = new ArrayList<>();
    Progress progress = (task, done, total, note) -> notes.add(note);
    Request request = new Request(brightness(60), folder, folder, progress);
    Model trained = SMALL.provide(request);
    assertThat(notes).hasSize(4 * 4).last().asString().startsWith("epoch 4, loss ");
    assertThat(SMALL.provide(request).fingerprint()).isEqualTo(trained.fingerprint());
    assertThat(notes).hasSize(4 * 4);
    new TrainedModel(1, 60, 0.01, 7, List.of(4), 8).provide(request);
    assertThat(notes).hasSize(4 * 4 + 1);
  }

  @Test
  void aCacheThatCannotBeWrittenIsFoundOutBeforeTraining() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    List<String> steps = new ArrayList<>();
    Progress progress = (task, done, all, detail) -> steps.add(task);
    assertThatThrownBy(
            () -> SMALL.provide(new Request(brightness(60), folder, file.resolve("in"), progress)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
    assertThat(steps).isEmpty();
  }

  @Test
  void settingsAreChecked() {
    assertThatThrownBy(() -> new TrainedModel(0, 64, 0.002, 1, List.of(16), 64))
        .hasMessageContaining("epochs (0)");
    assertThatThrownBy(() -> new TrainedModel(1, 64, 0.002, 0, List.of(16), 64))
        .hasMessageContaining("seed (0)");
    assertThatThrownBy(() -> new TrainedModel(1, 64, 0.002, 1, List.of(16, 0), 64))
        .hasMessageContaining("Channels ([16, 0])")
        .hasMessageContaining("Maybe set train.channels to []");
    assertThatThrownBy(() -> new TrainedModel(1, 64, 0.002, 1, List.of(16), -1))
        .hasMessageContaining("hidden (-1) must be at least 0");
    TrainedModel deep = new TrainedModel(1, 1, 0.1, 1, List.of(1, 1, 1, 1), 1);
    assertThatThrownBy(
            () -> deep.provide(new Request(brightness(4), folder, folder, Progress.silent())))
        .hasMessageContaining("at least 16 pixels")
        .hasMessageContaining("[1, 6, 6]")
        .hasMessageContaining("fewer entries");
    assertThatThrownBy(
            () -> SMALL.provide(new Request(vectors(4), folder, folder, Progress.silent())))
        .hasMessageContaining("not [36]")
        .hasMessageContaining("Maybe set train.channels to []");
  }

  /** Networks in a cache are found again: the key is made of this text. */
  @Test
  void settingsOfEarlierVersionsHaveTheirOldKeys() {
    assertThat(new TrainedModel())
        .hasToString(
            "TrainedModel[epochs=10, batch=64, learningRate=0.002, seed=1, channels=[16, 32],"
                + " hidden=64]");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8})
  void withoutConvolutionsImagesAndVectorsAreLearnedAlike(int hidden) throws IOException {
    TrainedModel dense = new TrainedModel(20, 16, 0.02, 7, List.of(), hidden);
    List<Network> networks = new ArrayList<>();
    for (Dataset data : List.of(brightness(200), vectors(200))) {
      Request request = new Request(data, folder, folder, Progress.silent());
      Network network = dense.provide(request).network();
      assertThat(accuracy(network, data.test())).isGreaterThan(0.9);
      assertThat(network.linearNodes()).hasSize(hidden == 0 ? 1 : 2);
      networks.add(network);
    }
    INDArray images = weights(networks.get(0));
    assertThat(images).isEqualTo(weights(networks.get(1)));
    assertThat(images.shape()).containsExactly(hidden == 0 ? 2 : hidden, 36);
    if (hidden == 0) {
      double common = images.sum(0).norm2Number().doubleValue();
      assertThat(common).as("what both classes have in common").isLessThan(1e-5);
    }
  }

  @Test
  void convolutionsCanFeedTheLogitsDirectly() throws IOException {
    Request request = new Request(brightness(60), folder, folder, Progress.silent());
    Network network = new TrainedModel(1, 16, 0.01, 7, List.of(4), 0).provide(request).network();
    assertThat(network.linearNodes()).hasSize(3);
    INDArray logits = ((LinearLayer) network.output().layer()).weights();
    assertThat(logits.shape()).containsExactly(2, 4 * 3 * 3);
    assertThat(logits.norm2Number().doubleValue()).isGreaterThan(0.1);
  }

  private static INDArray weights(Network network) {
    return ((LinearLayer) network.linearNodes().get(0).layer()).weights();
  }

  /** Share of examples that a network classifies as they are labelled. */
  public static double accuracy(Network network, Split split) {
    int right = 0;
    for (int from = 0; from < split.size(); from += 200) {
      int[] indices = IntStream.range(from, Math.min(split.size(), from + 200)).toArray();
      int[] labels = split.labels(indices);
      try (INDArray inputs = split.inputs(indices)) {
        int[] predicted = network.predict(inputs);
        right +=
            (int) IntStream.range(0, labels.length).filter(i -> labels[i] == predicted[i]).count();
      }
    }
    return right / (double) split.size();
  }

  private static Dataset vectors(int size) {
    return new Dataset(
        "vectors",
        List.of(36L),
        List.of("dark", "bright"),
        new Vectors(new Brightness(size, 1)),
        new Vectors(new Brightness(100, 2)),
        "vectors " + size);
  }

  /** Images without their shape. */
  private record Vectors(Split images) implements Split {
    @Override
    public int size() {
      return images.size();
    }

    @Override
    public INDArray inputs(int... indices) {
      return images.inputs(indices).reshape('c', indices.length, 36);
    }

    @Override
    public int[] labels(int... indices) {
      return images.labels(indices);
    }

    @Override
    public String name(int index) {
      return images.name(index);
    }
  }

  private static Dataset brightness(int size) {
    return new Dataset(
        "brightness",
        List.of(1L, 6L, 6L),
        List.of("dark", "bright"),
        new Brightness(size, 1),
        new Brightness(100, 2),
        "brightness " + size,
        List.of());
  }

  /** Noise between 0 and 0.5 for odd, between 0.2 and 0.7 for even examples. */
  private record Brightness(int size, long seed) implements Split {

    @Override
    public INDArray inputs(int... indices) {
      float[] pixels = new float[indices.length * 36];
      for (int i = 0; i < pixels.length; i++) {
        int index = indices[i / 36];
        double noise =
            new SplittableRandom(seed * 1_000_000 + index * 36L + i % 36).nextDouble(0.5);
        pixels[i] = (float) (noise + (index % 2 == 0 ? 0.2 : 0));
      }
      return Nd4j.createFromArray(pixels).reshape('c', indices.length, 1, 6, 6);
    }

    @Override
    public int[] labels(int... indices) {
      return IntStream.of(indices).map(i -> i % 2 == 0 ? 1 : 0).toArray();
    }

    @Override
    public String name(int index) {
      return Integer.toString(index);
    }
  }
}
