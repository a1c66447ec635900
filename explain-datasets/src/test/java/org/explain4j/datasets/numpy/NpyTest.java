package org.explain4j.datasets.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.explain4j.api.Dataset;
import org.explain4j.network.numpy.NumpyArchive;
import org.explain4j.network.testing.NpyBytes;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

final class NpyTest {
  @TempDir private Path folder;

  @Test
  void arraysWrittenByUsComeBack() throws IOException {
    INDArray images = Nd4j.linspace(0, 1, 4 * 3 * 2 * 2, DataType.FLOAT).reshape(4, 3, 2, 2);
    Files.write(folder.resolve("x.npy"), Nd4j.toNpyByteArray(images));
    Files.write(folder.resolve("y.npy"), Nd4j.toNpyByteArray(Nd4j.createFromArray(2, 0, 1, 2)));
    Dataset data = new Npy("x.npy", "y.npy", "", "", 1, 0, 1).open(folder);
    assertThat(data.inputShape()).containsExactly(3L, 2L, 2L);
    assertThat(data.train().inputs(0, 1, 2, 3)).isEqualTo(images);
    assertThat(data.train().inputs(3, 1))
        .isEqualTo(Nd4j.pullRows(images.reshape(4, 12), 1, 3, 1).reshape(2, 3, 2, 2));
    assertThat(data.train().labels(1, 0)).containsExactly(0, 2);
    assertThat(data.classNames()).containsExactly("0", "1", "2");
    assertThat(data.notes()).isEmpty();
  }

  @Test
  void anArchiveHoldsTrainingAndTestData() throws IOException {
    INDArray x = Nd4j.linspace(0, 1, 6, DataType.DOUBLE).reshape(3, 2);
    NumpyArchive.write(
        folder.resolve("d.npz"),
        Map.of(
            "x",
            x,
            "y",
            Nd4j.createFromArray(0L, 1L, 0L),
            "tx",
            x,
            "ty",
            Nd4j.createFromArray(1, 1, 3)));
    Dataset data = new Npy("d.npz:x", "d.npz:y", "d.npz:tx", "d.npz:ty", 1, 0.2, 1).open(folder);
    assertThat(data.name()).isEqualTo("npy (d.npz:x, 3 + 3)");
    assertThat(data.classNames()).hasSize(4);
    assertThat(data.test().inputs(2)).isEqualTo(x.castTo(DataType.FLOAT).getRows(2));
  }

  @Test
  void anArchiveFromPythonIsRead() throws IOException {
    Path file = Shared.path("data/nets/captum_cifar10_toynet.forward.npz");
    Dataset data = new Npy(file + ":input", file + ":label", "", "", 1, 0.25, 1).open(folder);
    assertThat(data.inputShape()).containsExactly(3L, 32L, 32L);
    INDArray expected = Shared.npz("data/nets/captum_cifar10_toynet.forward.npz").get("input");
    Dataset whole = new Npy(file + ":input", file + ":label", "", "", 1, 0, 1).open(folder);
    assertThat(whole.train().inputs(IntStream.range(0, 8).toArray())).isEqualTo(expected);
    assertThat(data.notes()).singleElement().asString().contains("go from");
    assertThat(data.train().size()).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<f4", "<f8", ">f4", ">f8", "|u1", "|i1", "<u2", ">i2", "<i4", ">u4", "<i8"})
  void everyNumberTypeIsRead(String type) throws IOException {
    Files.write(folder.resolve("x.npy"), NpyBytes.of(type, "(2, 2)", 0, 1, 100, 7));
    Files.write(folder.resolve("y.npy"), NpyBytes.of("<i8", "(2,)", 1, 0));
    Dataset data = new Npy("x.npy", "y.npy", "", "", 0.01, 0, 1).open(folder);
    assertThat(data.train().inputs(1, 0).data().asFloat()).containsExactly(1f, 0.07f, 0f, 0.01f);
  }

  @Test
  void theFingerprintIsOfContentAndScale() throws IOException {
    Files.write(folder.resolve("x.npy"), NpyBytes.of("<f4", "(2, 1)", 0, 1));
    Files.write(folder.resolve("z.npy"), NpyBytes.of("<f4", "(2, 1)", 0, 2));
    Files.write(folder.resolve("y.npy"), NpyBytes.of("|u1", "(2, 1)", 1, 0));
    String x = new Npy("x.npy", "y.npy", "", "", 1, 0, 1).open(folder).fingerprint();
    assertThat(new Npy("z.npy", "y.npy", "", "", 1, 0, 1).open(folder).fingerprint())
        .isNotEqualTo(x);
    assertThat(new Npy("x.npy", "y.npy", "", "", 2, 0, 1).open(folder).fingerprint())
        .isNotEqualTo(x);
  }

  @Test
  void aDamagedFileIsNamed() throws IOException {
    byte[] whole = NpyBytes.of("<f4", "(2, 2)", 1, 2, 3, 4);
    Files.write(folder.resolve("cut.npy"), Arrays.copyOf(whole, whole.length - 1));
    Files.write(folder.resolve("y.npy"), NpyBytes.of("<i8", "(2,)", 1, 0));
    assertMessage("cut.npy", "y.npy", "cut.npy has", "truncated");
    assertMessage("y.npy", "cut.npy", "[n,h,w] or [n,d]");
  }

  @Test
  void aChangedByteOfAnArchiveIsFound() throws IOException {
    Path archive = folder.resolve("d.npz");
    NumpyArchive.write(archive, Map.of("x", Nd4j.createFromArray(new float[][] {{1.5f}, {2}})));
    byte[] bytes = Files.readAllBytes(archive);
    byte[] number = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(1.5f).array();
    int at = 0;
    while (!Arrays.equals(bytes, at, at + 4, number, 0, 4)) {
      at++;
    }
    bytes[at + 2]++;
    Files.write(archive, bytes);
    assertMessage("d.npz:x", "d.npz:x", "d.npz:x is damaged: its checksum differs");
  }

  @Test
  void whatDoesNotFitTogetherIsNamed() throws IOException {
    Files.write(folder.resolve("x.npy"), NpyBytes.of("<f4", "(2, 1)", 0, 1));
    Files.write(folder.resolve("nan.npy"), NpyBytes.of("<f4", "(2, 1)", 0, Double.NaN));
    Files.write(folder.resolve("three.npy"), NpyBytes.of("<i4", "(3,)", 0, 1, 2));
    Files.write(folder.resolve("onehot.npy"), NpyBytes.of("<i4", "(2, 2)", 0, 1, 1, 0));
    Files.write(folder.resolve("half.npy"), NpyBytes.of("<f4", "(2,)", 0, 0.5));
    Files.write(folder.resolve("two.npy"), NpyBytes.of("<i4", "(2,)", 0, 1));
    assertMessage("x.npy", "three.npy", "x.npy has 2 rows", "three.npy has 3");
    assertMessage("x.npy", "onehot.npy", "argmax");
    assertMessage("x.npy", "half.npy", "label 0.5 of row 1");
    assertMessage("nan.npy", "two.npy", "NaN in row 1");
    assertMessage("two.npy", "two.npy", "[n,h,w] or [n,d]");
    assertMessage("absent.npy", "two.npy", "absent.npy");
  }

  @Test
  void anArchiveWithoutTheArraySaysWhatItHas() throws IOException {
    NumpyArchive.write(folder.resolve("d.npz"), Map.of("inputs", Nd4j.ones(2, 2)));
    assertMessage("d.npz:x", "d.npz:y", "no array 'x'", "[inputs]");
    assertMessage("d.npz", "d.npz:y", "d.npz:NAME");
    Files.writeString(folder.resolve("broken.npz"), "this is no zip archive");
    assertMessage("broken.npz:x", "d.npz:y", "broken.npz: not a readable numpy archive");
  }

  @Test
  void impossibleSettingsAreNamed() {
    assertThatThrownBy(() -> new Npy("x", "y", "z", "", 1, 0, 1))
        .hasMessageContaining("test-labels");
    assertThatThrownBy(() -> new Npy("x", "y", "", "", 0, 0, 1)).hasMessageContaining("scale (0");
  }

  private void assertMessage(String inputs, String labels, String... parts) {
    assertThatThrownBy(() -> new Npy(inputs, labels, "", "", 1, 0.2, 1).open(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(parts);
  }
}
