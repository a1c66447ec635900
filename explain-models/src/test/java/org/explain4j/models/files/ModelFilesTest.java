package org.explain4j.models.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.explain4j.api.Catalog;
import org.explain4j.api.Model;
import org.explain4j.api.ModelProvider;
import org.explain4j.api.ModelProvider.Request;
import org.explain4j.api.Preprocessing;
import org.explain4j.api.Progress;
import org.explain4j.models.onnx.OnnxWriter;
import org.explain4j.models.training.FashionFiles;
import org.explain4j.models.training.TrainedModelTest;
import org.explain4j.network.Dense;
import org.explain4j.network.Layer;
import org.explain4j.network.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

class ModelFilesTest {
  @TempDir Path folder;

  @Test
  void theShippedNetworkKnowsItsClassesAndIsAccurate() throws IOException {
    Model model = new PretrainedModel().read();
    assertThat(model.network().inputShape()).containsExactly(1L, 28L, 28L);
    assertThat(model.network().parameters()).isEqualTo(117_434);
    assertThat(model.classNames()).hasSize(10).contains("ankle boot");
    assertThat(TrainedModelTest.accuracy(model.network(), FashionFiles.split("t10k-2000")))
        .isGreaterThan(0.86);
  }

  @Test
  void aFileIsReadByTheReaderThatKnowsIt() throws IOException {
    Model shipped = new PretrainedModel().read();
    Path file = folder.resolve("network.bin");
    Preprocessing bytes = new Preprocessing(255, List.of(104.0), List.of(), false);
    OnnxWriter.write(file, shipped.network(), bytes, shipped.classNames());
    Model model = new FileModel(Path.of("network.bin")).read(folder);
    assertThat(model.classNames()).isEqualTo(shipped.classNames());
    assertThat(model.preprocessing()).isEqualTo(bytes);
    assertThat(model.network().parameters()).isEqualTo(shipped.network().parameters());
  }

  @Test
  void settingsTakePrecedenceOverTheFile() throws IOException {
    Model shipped = new PretrainedModel().read();
    Path file = folder.resolve("network.onnx");
    OnnxWriter.write(file, shipped.network(), Preprocessing.none(), shipped.classNames());
    Preprocessing centred = new Preprocessing(1, List.of(0.5), List.of(0.5), false);
    Model model =
        new FileModel(
                file, "onnx", List.of(1L, 28L, 28L), Optional.of(centred), List.of("a", "b"), "")
            .read(folder);
    assertThat(model.preprocessing()).isEqualTo(centred);
    assertThat(model.classNames()).containsExactly("a", "b");
  }

  @Test
  void dataFillInWhatTheFileLeavesOpenAndAreFlattenedForNetworksOfVectors() throws IOException {
    LinkedHashMap<String, Layer> layers = new LinkedHashMap<>();
    layers.put("fc", new Dense(Nd4j.ones(3, 784), Nd4j.zeros(3)));
    OnnxWriter.write(
        folder.resolve("vectors.onnx"),
        Network.chain(List.of(784L), layers),
        Preprocessing.none(),
        List.of());
    Request request = new Request(FashionFiles.dataset(), folder, folder, Progress.silent());
    Model model = new FileModel(Path.of("vectors.onnx")).provide(request);
    assertThat(model.network().inputShape()).containsExactly(1L, 28L, 28L);
    assertThat(model.notes()).anyMatch(note -> note.contains("flattened"));
    assertThat(model.network().logits(Nd4j.ones(2, 1, 28, 28)).getDouble(1, 2)).isEqualTo(784);
    FileModel other =
        new FileModel(
            Path.of("vectors.onnx"), "auto", List.of(5L), Optional.empty(), List.of(), "");
    assertThatThrownBy(() -> other.provide(request))
        .hasMessageContaining("[784]")
        .hasMessageContaining("[5]");
  }

  @Test
  void whatCannotBeReadIsSaidWithWhatToDo() throws IOException {
    assertThatThrownBy(() -> new FileModel(Path.of("none.onnx")).read(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none.onnx")
        .hasMessageContaining("model.file.path");
    Path text = Files.writeString(folder.resolve("text.onnx"), "no network at all");
    assertThatThrownBy(() -> new FileModel(text).read(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("text.onnx")
        .hasMessageContaining("Readers: ");
    FileModel unknown = new FileModel(text, "onyx", List.of(), Optional.empty(), List.of(), "");
    assertThatThrownBy(() -> unknown.read(folder)).hasMessageContaining("Did you mean 'onnx'?");
    assertThatThrownBy(() -> new PretrainedModel("vgg")).hasMessageContaining("fashion-small-vgg");
  }

  @Test
  void theProvidersAreInTheCatalog() {
    assertThat(Catalog.of(ModelProvider.class).ids()).contains("file", "pretrained", "train");
  }
}
