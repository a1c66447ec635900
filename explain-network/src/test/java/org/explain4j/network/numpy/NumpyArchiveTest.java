package org.explain4j.network.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NumpyArchiveTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("a.npz");
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLOAT", "DOUBLE", "LONG", "BYTE"})
  void arraysOfEveryTypeComeBack(DataType type) throws IOException {
    INDArray matrix = Nd4j.createFromArray(new double[][] {{1, -2, 3}, {4, 5, -6}}).castTo(type);
    INDArray scalar = Nd4j.scalar(type, 7);
    NumpyArchive.write(file, Map.of("matrix", matrix, "scalar", scalar));
    Map<String, INDArray> read = NumpyArchive.read(file);
    assertThat(read.get("matrix")).isEqualTo(matrix);
    assertThat(read.get("scalar").getLong(0)).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'descr': '<f8', 'fortran_order': False, 'shape': (1000000000, 1000),",
        "'descr': '<f8', 'fortran_order': False, 'shape': (9223372036854775807, 9),",
        "'descr': '<i8', 'fortran_order': False, 'shape': (3,),",
        "'descr': '|O', 'fortran_order': False, 'shape': (2,),",
        "no dictionary"
      })
  void aHeaderThatDoesNotFitTheBytesIsRefused(String header) throws IOException {
    byte[] text = ("{" + header + " }\n").getBytes(StandardCharsets.ISO_8859_1);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("x.npy"));
      zip.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length, 0});
      zip.write(text);
      zip.write(new byte[16]);
    }
    assertThatThrownBy(() -> NumpyArchive.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a.npz");
  }

  @Test
  void otherFilesAreRefusedByName() throws IOException {
    Files.writeString(file, "no archive");
    assertThatThrownBy(() -> NumpyArchive.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a.npz");
  }
}
