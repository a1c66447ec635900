package org.explain4j.network.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.explain4j.network.testing.NpyBytes;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

final class NumpyArrayTest {
  @TempDir private Path folder;

  @Test
  void whatNd4jWritesIsRead() throws IOException {
    INDArray array = Nd4j.arange(1, 25).castTo(DataType.FLOAT).reshape(2, 3, 4);
    NumpyArray read =
        NumpyArray.of(Files.write(folder.resolve("a.npy"), Nd4j.toNpyByteArray(array)));
    assertThat(read.shape()).containsExactly(2L, 3L, 4L);
    assertThat(read.read(1)).startsWith(13).endsWith(24);
    assertThat(read.read(1, 0)).startsWith(13).endsWith(12);
  }

  @Test
  void whatNumpyWroteIsReadAsNd4jReadsIt() throws IOException {
    for (String name : List.of("golden/inputs", "golden/captum/gradient")) {
      INDArray expected = Shared.npy(name);
      NumpyArray read = NumpyArray.of(Shared.path(name + ".npy"));
      assertThat(read.read(2))
          .containsExactly(expected.slice(2).castTo(DataType.DOUBLE).ravel().toDoubleVector());
    }
  }

  @Test
  void aRowBeyondFourGigabytesIsRead() throws IOException {
    Path file = folder.resolve("sparse.npy");
    byte[] header = NumpyHeader.of(4, 1200, 1 << 20).bytes();
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.write(header);
      out.setLength(header.length + 1200L * (1 << 20) * 4); // no disk: the zeros are a hole
      out.seek(header.length + 1199L * (1 << 20) * 4);
      out.write(new byte[] {0, 0, (byte) 0x80, 0x3f}); // 1.0f
    }
    NumpyArray array = NumpyArray.of(file);
    assertThat(array.rows()).isEqualTo(1200);
    assertThat(array.read(1199)).startsWith(1).endsWith(0);
  }

  @Test
  void everyTruncationIsFound() throws IOException {
    byte[] whole = NpyBytes.of("<f4", "(2, 2)", 1, 2, 3, 4);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> NumpyArray.of("cut.npy", cut))
          .as("%d bytes", length)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cut.npy");
    }
    assertThatThrownBy(() -> NumpyArray.of("long.npy", Arrays.copyOf(whole, whole.length + 1)))
        .hasMessageContaining("long.npy");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(9223372036854775807, 9223372036854775807)",
        "(999999999999999999, 99999999999)",
        "(-1, 2)",
        "(2.5,)",
        "()",
        "('a',)"
      })
  void anAbsurdShapeIsAnError(String shape) {
    assertThatThrownBy(() -> NumpyArray.of("x.npy", NpyBytes.of("<f4", shape, 1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("x.npy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(0, 4294967296)", "(4294967296, 0)", "(0, 99999999, 99999999)"})
  void rowsTooManyOrTooLongAreAnError(String shape) {
    assertThatThrownBy(() -> NumpyArray.of("x.npy", NpyBytes.of("<f4", shape)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("below 2^31");
  }

  @ParameterizedTest
  @ValueSource(strings = {"|O", "<c8", "<f16", "<U5", "|V8", ""})
  void aTypeThatIsNoNumberIsNamed(String type) {
    assertThatThrownBy(() -> NumpyArray.of("x.npy", NpyBytes.claiming(type, "<f4", "(1,)", 1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("'" + type + "'");
  }

  @Test
  void fortranOrderIsRefused() {
    String text = new String(NpyBytes.of("<f4", "(1,)", 1), StandardCharsets.ISO_8859_1);
    byte[] fortran = text.replace("False", "True ").getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> NumpyArray.of("x.npy", fortran))
        .hasMessageContaining("ascontiguousarray");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> NumpyArray.of(folder.resolve("none.npy")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("none.npy");
  }

  @Test
  void aRowThatIsNotThereIsAnError() throws IOException {
    NumpyArray array = NumpyArray.of("x.npy", NpyBytes.of("<f4", "(2, 1)", 1, 2));
    assertThatThrownBy(() -> array.read(0, 1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no row 2 in x.npy");
  }
}
