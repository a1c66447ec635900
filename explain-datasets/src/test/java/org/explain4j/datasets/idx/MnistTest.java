package org.explain4j.datasets.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.explain4j.api.Dataset;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MnistTest {

  @Test
  void allOfMnistIsRead() throws IOException {
    Dataset data = new Mnist(Shared.path("data/mnist").toString()).open(Path.of("."));
    assertThat(data.name()).isEqualTo("mnist (60000 + 10000)");
    // The first labels of both files are known to everyone who ever printed them.
    assertThat(data.train().labels(0, 1, 2, 3, 4)).containsExactly(5, 0, 4, 1, 9);
    assertThat(data.test().labels(0, 1, 2, 3, 4)).containsExactly(7, 2, 1, 0, 4);
  }

  @Test
  void aFolderWithoutFilesSaysHowToGetThem(@TempDir Path empty) {
    assertThatThrownBy(() -> new Mnist(empty.toString()).open(empty))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("train-images-idx3-ubyte")
        .hasMessageContaining("explain download mnist");
  }
}
