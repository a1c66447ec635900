package org.explain4j.network.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ArrayPiecesTest {
  @TempDir private Path folder;

  private Path archive(String name, double factor) throws IOException {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    arrays.put("doubles", Nd4j.arange(0, 35).castTo(DataType.DOUBLE).reshape(5, 7).mul(factor));
    arrays.put("floats", Nd4j.arange(0, 4).castTo(DataType.FLOAT).mul(factor));
    arrays.put("one", Nd4j.scalar(factor));
    arrays.put("count", Nd4j.createFromArray(3L, (long) factor));
    Path file = folder.resolve(name);
    NumpyArchive.write(file, arrays);
    return file;
  }

  private static List<ArrayPiece> pieces(Path file, int most) throws IOException {
    List<ArrayPiece> pieces = new ArrayList<>();
    try (ArrayPieces all = new ArrayPieces(file, most, name -> true)) {
      long bound = all.most();
      all.forEachRemaining(pieces::add);
      assertThat((long) pieces.size()).isLessThanOrEqualTo(bound);
      assertThatThrownBy(all::next).isInstanceOf(NoSuchElementException.class);
    }
    return pieces;
  }

  @Test
  void piecesOfAnySizeMakeTheSameFileAgain() throws IOException {
    Path file = archive("a.npz", 1);
    for (int most : new int[] {8, 16, 280, 1 << 20}) {
      Path again = folder.resolve(most + ".npz");
      NumpyArchive.write(again, Map.of(), pieces(file, most).iterator());
      assertThat(Files.mismatch(file, again)).as(most + " bytes").isEqualTo(-1);
    }
  }

  @Test
  void sumsAreOfTheNumbersInTheirTypes() throws IOException {
    List<ArrayPiece> a = pieces(archive("a.npz", 1), 16);
    List<ArrayPiece> b = pieces(archive("b.npz", 2), 16);
    List<ArrayPiece> sums = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      sums.add(a.get(i).plus(b.get(i)));
    }
    Path file = folder.resolve("sum.npz");
    NumpyArchive.write(file, Map.of(), sums.iterator());
    Map<String, INDArray> sum = NumpyArchive.read(file);
    assertThat(sum.get("doubles").getDouble(4, 6)).isEqualTo(3 * 34);
    assertThat(sum.get("floats").toFloatVector()).containsExactly(0, 3, 6, 9);
    assertThat(sum.get("one").getDouble(0)).isEqualTo(3);
    assertThat(sum.get("count").toLongVector()).containsExactly(6, 3);
  }

  @Test
  void piecesOfDifferentPlacesAreNotAdded() throws IOException {
    List<ArrayPiece> pieces = pieces(archive("a.npz", 1), 16);
    ArrayPiece first = pieces.get(0);
    ArrayPiece last = pieces.get(pieces.size() - 1);
    assertThatThrownBy(() -> first.plus(last))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("of 'count' cannot be added to 16 bytes of 'doubles'");
  }

  @Test
  void aFlippedBitIsNoticed() throws IOException {
    Path file = archive("a.npz", 1);
    byte[] bytes = Files.readAllBytes(file);
    bytes[300] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> pieces(file, 64))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith(file.toString());
  }

  @Test
  void whatCannotBeAddedIsRefused() throws IOException {
    Path file = folder.resolve("bytes.npz");
    NumpyArchive.write(file, Map.of("text", Nd4j.create(DataType.INT8, 4)));
    assertThatThrownBy(() -> pieces(file, 64))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("text has no sums: its type is |i1");
  }
}
