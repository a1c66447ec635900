package org.explain4j.experiments.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.explain4j.network.numpy.ArrayPieces;
import org.explain4j.network.numpy.NumpyArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

final class ShardSumsTest {
  @TempDir private Path folder;

  private Path file(String name, long... shape) throws IOException {
    Path file = folder.resolve(name);
    NumpyArchive.write(file, Map.of("x", Nd4j.ones(DataType.DOUBLE, shape)));
    return file;
  }

  private Map<String, INDArray> sum(Path one, Path other) throws IOException {
    Path out = folder.resolve("sum.npz");
    try (ArrayPieces first = new ArrayPieces(one, 16, name -> true);
        ArrayPieces second = new ArrayPieces(other, 16, name -> true)) {
      ShardSums sums = new ShardSums(List.of(one, other), List.of(first, second));
      NumpyArchive.write(out, Map.of(), sums);
    }
    return NumpyArchive.read(out);
  }

  @Test
  void arraysOfOneShapeAreAddedUp() throws IOException {
    INDArray sum = sum(file("a.npz", 2, 3), file("b.npz", 2, 3)).get("x");
    assertThat(sum).isEqualTo(Nd4j.ones(DataType.DOUBLE, 2, 3).mul(2));
  }

  @Test
  void anotherShapeOfAsManyNumbersIsRefused() throws IOException {
    Path one = file("a.npz", 2, 3);
    Path other = file("b.npz", 3, 2);
    assertThatThrownBy(() -> sum(one, other))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(other + ": 'x' has another shape than in " + one);
  }
}
