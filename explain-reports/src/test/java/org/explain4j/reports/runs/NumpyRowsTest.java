package org.explain4j.reports.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NumpyRowsTest {
  @TempDir Path folder;

  @Test
  void whatNd4jWritesIsRead() throws IOException {
    INDArray array = Nd4j.arange(1, 25).castTo(DataType.FLOAT).reshape(2, 3, 4);
    Path file = folder.resolve("a.npy");
    Files.write(file, Nd4j.toNpyByteArray(array));
    NumpyRows rows = NumpyRows.read(file, 5);
    assertThat(rows.shape()).containsExactly(2, 3, 4);
    assertThat(rows.rows().get(1)).startsWith(13).endsWith(24);
  }

  @Test
  void whatNumpyWroteIsReadAsNd4jReadsIt() throws IOException {
    for (String name : List.of("golden/inputs", "golden/captum/gradient")) {
      INDArray expected = Shared.npy(name);
      NumpyRows rows = NumpyRows.read(Shared.path(name + ".npy"), 3);
      assertThat(rows.rows()).hasSize(3);
      assertThat(rows.rows().get(2))
          .containsExactly(expected.slice(2).castTo(DataType.FLOAT).ravel().toFloatVector());
    }
  }

  @Test
  void wrongKindIsRefused() throws IOException {
    Path file = folder.resolve("ints.npy");
    Files.write(file, Nd4j.toNpyByteArray(Nd4j.createFromArray(1, 2, 3)));
    assertThatThrownBy(() -> NumpyRows.read(file, 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ints.npy: expected floats in C order");
  }

  @Test
  void missingFileIsNamed() {
    assertThatThrownBy(() -> NumpyRows.read(folder.resolve("none.npy"), 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none.npy: missing");
  }
}
