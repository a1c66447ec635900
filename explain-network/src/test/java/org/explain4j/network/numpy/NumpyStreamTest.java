package org.explain4j.network.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.explain4j.network.testing.NpyBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

final class NumpyStreamTest {
  @TempDir private Path folder;

  @Test
  void anArrayOfMoreThanOneChunkComesBack() throws IOException {
    INDArray array = Nd4j.linspace(-1, 1, 3 * 700_001, DataType.FLOAT).reshape(3, 700_001);
    Path file = folder.resolve("a.npy");
    try (OutputStream out = Files.newOutputStream(file)) {
      NumpyStream.write(out, array);
    }
    assertThat(NumpyStream.read(file)).isEqualTo(array);
    assertThat(NumpyArray.of(file).read(2))
        .isEqualTo(array.getRow(2).castTo(DataType.DOUBLE).toDoubleVector());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<f4", "<f8", ">f4", ">f8", "|u1", "|i1", "<u2", "<i2", "<i4", "<u4", "<i8"})
  void everyNumberTypeIsRead(String type) throws IOException {
    Path file = folder.resolve("a.npy");
    Files.write(file, NpyBytes.of(type, "(2, 2)", 0, 1, 100, 7));
    assertThat(NumpyStream.read(file).castTo(DataType.DOUBLE))
        .isEqualTo(Nd4j.createFromArray(new double[][] {{0, 1}, {100, 7}}));
  }

  @ParameterizedTest
  @ValueSource(strings = {"<f4", "<i4"})
  void fortranOrderIsRead(String type) throws IOException {
    String text =
        new String(NpyBytes.of(type, "(3, 2)", 0, 1, 2, 3, 4, 5), StandardCharsets.ISO_8859_1);
    Path file = folder.resolve("a.npy");
    Files.write(file, text.replace("False", "True ").getBytes(StandardCharsets.ISO_8859_1));
    assertThat(NumpyStream.read(file).castTo(DataType.DOUBLE))
        .isEqualTo(Nd4j.createFromArray(new double[][] {{0, 3}, {1, 4}, {2, 5}}));
  }

  @Test
  void everyTruncationIsFound() throws IOException {
    byte[] whole = NpyBytes.of("<f4", "(2, 2)", 1, 2, 3, 4);
    Path file = folder.resolve("cut.npy");
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> NumpyStream.read(file))
          .as("%d bytes", length)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cut.npy");
    }
  }
}
