package org.explain4j.models.files;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of other libraries: the error says in one line how they become ONNX. */
class ForeignFilesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "net.pt, torch.onnx.export",
    "net.PTH, torch.onnx.export",
    "frozen.pb, tf2onnx.convert --graphdef",
    "saved_model.pb, tf2onnx.convert --saved-model",
    "net.tflite, tf2onnx.convert --tflite",
    "net.caffemodel, caffe2onnx.convert",
    "net.fb, ModelSerializer.writeModel"
  })
  void aFileOfAnotherLibraryIsRefusedWithTheLineThatExportsIt(String name, String line)
      throws IOException {
    byte[] likeOnnx = {8, 1, 0x12, 0, 0, 0};
    Path file =
        Files.write(folder.resolve(name), name.startsWith("saved") ? likeOnnx : new byte[] {1, 2});
    assertRefused(file, line);
  }

  @Test
  void aSavedModelIsAFolder() throws IOException {
    Path saved = Files.createDirectory(folder.resolve("saved"));
    Files.createFile(saved.resolve("saved_model.pb"));
    assertRefused(saved, "tf2onnx.convert --saved-model");
  }

  @Test
  void anotherFolderIsNoModel() throws IOException {
    assertRefused(Files.createDirectory(folder.resolve("other")), "not in a format that");
  }

  @Test
  void aPointerOfGitLfsIsNotTheNetwork() throws IOException {
    String pointer =
        "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 553467096\n";
    assertRefused(Files.writeString(folder.resolve("net.h5"), pointer), "git lfs pull");
    assertRefused(Files.createFile(folder.resolve("net.onnx")), "is empty");
  }

  private void assertRefused(Path file, String line) {
    assertThatThrownBy(() -> new FileModel(file).read(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(line);
  }
}
