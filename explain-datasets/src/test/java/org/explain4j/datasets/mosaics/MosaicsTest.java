package org.explain4j.datasets.mosaics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.explain4j.api.Dataset;
import org.explain4j.api.DatasetProvider;
import org.explain4j.api.Split;
import org.explain4j.datasets.ByteImages;
import org.explain4j.datasets.idx.FashionMnist;
import org.explain4j.network.arrays.Batches;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class MosaicsTest {

  /** Images of 3 x 3 pixels whose brightness is their index. */
  private record Small(byte... classes) implements DatasetProvider {
    @Override
    public String id() {
      return "small";
    }

    @Override
    public String summary() {
      return "for tests";
    }

    @Override
    public Dataset open(Path base) {
      byte[] pixels = new byte[9 * classes.length];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (byte) (i / 9);
      }
      ByteImages images = new ByteImages("test", List.of(1L, 3L, 3L), pixels, classes);
      return new Dataset("small", List.of(1L, 3L, 3L), List.of("a", "b"), images, images, "f");
    }
  }

  @Test
  void twoTilesAreOfTheClassAndTheMaskMarksThem() throws IOException {
    Split split = new Mosaics(new FashionMnist(), 40, 3).open(Path.of("")).test();
    Split source = new FashionMnist().open(Path.of("")).test();
    assertThat(split.size()).isEqualTo(40);
    for (int i = 0; i < 40; i++) {
      int label = split.labels(i)[0];
      INDArray mask = split.masks(i).orElseThrow();
      assertThat(mask.sumNumber().intValue()).isEqualTo(2 * 14 * 14);
      String[] names = split.name(i).substring("mosaic of ".length()).split(", ");
      for (int tile = 0; tile < 4; tile++) {
        int index = Integer.parseInt(names[tile].substring(names[tile].indexOf('/') + 1));
        boolean marked = mask.getDouble(0, tile / 2 * 14, tile % 2 * 14) == 1;
        assertThat(source.labels(index)[0] == label).isEqualTo(marked);
        INDArray image = source.inputs(index);
        double mean = 0;
        for (int p = 0; p < 4; p++) {
          mean += image.getDouble(0, 0, 10 + p / 2, 12 + p % 2) / 4;
        }
        double pixel = split.inputs(i).getDouble(0, 0, tile / 2 * 14 + 5, tile % 2 * 14 + 6);
        assertThat(pixel).isCloseTo(mean, within(1e-6));
      }
      assertThat(names).doesNotHaveDuplicates();
    }
  }

  /** The same four images give the mosaic that was stored with the golden metrics. */
  @Test
  void tilesAreMeansOfFourPixels() {
    INDArray inputs = Shared.npy("golden/inputs");
    INDArray sources = Shared.npy("golden/metrics/draws/mosaic_source");
    INDArray expected = Shared.npy("golden/metrics/draws/mosaic");
    Split golden =
        new Split() {
          @Override
          public int size() {
            return 64;
          }

          @Override
          public INDArray inputs(int... indices) {
            return Batches.slice(inputs, indices[0], indices[0] + 1);
          }

          @Override
          public int[] labels(int... indices) {
            return indices;
          }

          @Override
          public String name(int index) {
            return "golden";
          }
        };
    List<Tiles> tiles = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      tiles.add(
          new Tiles(sources.getRow(i).toIntVector(), new boolean[] {true, true, false, false}));
    }
    MosaicSplit split = new MosaicSplit(golden, List.of(1L, 28L, 28L), tiles);
    INDArray all = split.inputs(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    assertThat(Shared.distance(all, expected)).isLessThan(1e-6);
  }

  @Test
  void anOddSideIsCutIntoUnequalHalves() throws IOException {
    Dataset data = new Mosaics(new Small((byte) 0, (byte) 0, (byte) 1, (byte) 1), 4, 1).open(null);
    for (int i = 0; i < 4; i++) {
      INDArray mosaic = data.test().inputs(i).mul(255);
      // Each tile has one brightness, also where three pixels became one or two.
      assertThat(mosaic.getDouble(0, 0, 0, 1)).isEqualTo(mosaic.getDouble(0, 0, 0, 2));
      assertThat(mosaic.getDouble(0, 0, 1, 1)).isEqualTo(mosaic.getDouble(0, 0, 2, 2));
      assertThat(data.test().masks(i).orElseThrow().size(1)).isEqualTo(3);
    }
    assertThat(data.train().masks(0)).isEmpty();
    assertThat(data.name()).isEqualTo("mosaics of small");
  }

  @Test
  void dataWithTooFewImagesOfAClassAreRefused() {
    assertThatThrownBy(() -> new Mosaics(new Small((byte) 0, (byte) 1, (byte) 1), 3, 1).open(null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("needs two test images of class");
  }

  @Test
  void theSeedDecides() throws IOException {
    Mosaics mosaics = new Mosaics(new FashionMnist(), 5, 3);
    Dataset one = mosaics.open(Path.of(""));
    assertThat(mosaics.open(Path.of("")).test().inputs(0, 4)).isEqualTo(one.test().inputs(0, 4));
    Dataset other = new Mosaics(new FashionMnist(), 5, 4).open(Path.of(""));
    assertThat(other.fingerprint()).isNotEqualTo(one.fingerprint());
    assertThat(other.test().name(0)).isNotEqualTo(one.test().name(0));
    assertThatThrownBy(() -> one.test().inputs(5)).hasMessageContaining("no mosaic 5");
  }
}
