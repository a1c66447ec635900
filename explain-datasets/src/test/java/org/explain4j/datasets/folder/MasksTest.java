package org.explain4j.datasets.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.explain4j.datasets.folder.SampleFolder.masked;
import static org.explain4j.datasets.folder.SampleFolder.whole;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import org.explain4j.api.Dataset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

final class MasksTest {
  @TempDir private Path base;
  private SampleFolder folder;

  @BeforeEach
  void start() throws IOException {
    folder = new SampleFolder(base);
    folder.image("p/cat/1.png", 1);
    folder.image("p/dog/1.png", 2);
  }

  /** A PNG of 8 x 8 with a block of an object. */
  private static byte[] block(int left, int top, int right, int bottom) throws IOException {
    BufferedImage image = Pictures.grey(8, 8, 0);
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        image.getRaster().setSample(x, y, 0, 1);
      }
    }
    return Pictures.file(image, "png");
  }

  private static int inside(INDArray masks, int example) {
    return masks.slice(example).sumNumber().intValue();
  }

  @Test
  void pngsOfTheSameNamesAreMasks() throws IOException {
    folder.write("objects/cat/1.png", block(2, 3, 5, 4));
    Dataset data = folder.open(masked("p", "objects", 0, 0));
    INDArray masks = data.train().masks(1, 0).orElseThrow();
    assertThat(masks.shape()).containsExactly(2, 8, 8);
    assertThat(masks.slice(0).isNaN().all()).as("dog has none").isTrue();
    assertThat(inside(masks, 1)).isEqualTo(3);
    assertThat(masks.getFloat(1, 3, 2)).isEqualTo(1);
    assertThat(masks.getFloat(1, 3, 5)).isZero();
    assertThat(data.notes()).containsExactly("1 of 2 images have a mask.");
    assertThat(folder.open(whole("p", 0)).train().masks(0)).isEmpty();
    assertThat(folder.open(whole("p", 0)).fingerprint()).isNotEqualTo(data.fingerprint());
  }

  @Test
  void aFolderOfMasksAmongTheImagesIsNoClass() throws IOException {
    folder.write("p/masks/cat/1.png", block(0, 0, 8, 8));
    Dataset data = folder.open(masked("p", "masks", 0, 0));
    assertThat(data.classNames()).containsExactly("cat", "dog");
    assertThat(inside(data.train().masks(0).orElseThrow(), 0)).isEqualTo(64);
  }

  @Test
  void boxesOfATableAreUnitedAndFramedAsTheirImage() throws IOException {
    folder.text(
        "boxes.csv",
        "file,xmin,ymin,xmax,ymax",
        "cat/1.png,0,0,2,2",
        "cat/1.png,1,1,3,3",
        "dog/1.png,4,0,8,8");
    INDArray masks = folder.open(masked("p", "boxes.csv", 0, 0)).train().masks(0, 1).orElseThrow();
    assertThat(inside(masks, 0)).isEqualTo(4 + 4 - 1);
    assertThat(inside(masks, 1)).isEqualTo(32);
    INDArray framed =
        folder.open(masked("p", "boxes.csv", 16, 8)).train().masks(0, 1).orElseThrow();
    assertThat(framed.shape()).containsExactly(2, 8, 8);
    // The middle 8 of 16: pixels 2 to 5 of the image, twice as large.
    assertThat(inside(framed, 0)).isEqualTo(4);
    assertThat(inside(framed, 1)).isEqualTo(32);
    assertThat(framed.getFloat(1, 0, 3)).isZero();
    assertThat(framed.getFloat(1, 0, 4)).isEqualTo(1);
  }

  @Test
  void aMaskOfAnotherSizeIsSaidWithItsImage() throws IOException {
    folder.write("objects/cat/1.png", Pictures.file(Pictures.grey(4, 8, 9), "png"));
    assertThat(folder.open(masked("p", "objects", 0, 0)).notes().get(0))
        .startsWith("1 of 2 images cannot be read")
        .contains("cat/1.png (its mask cat/1.png has 8 x 4 pixels, not 8 x 8)");
  }

  @Test
  void mistakesInATableOfBoxesAreShownByLine() throws IOException {
    folder.text("boxes.csv", "file,x,y", "cat/1.png,0,0");
    assertRefused("boxes.csv has the columns [file, x, y]; boxes need the columns file, xmin");
    folder.text("boxes.csv", "file,xmin,ymin,xmax,ymax", "cat/1.png,0,0,2,two");
    assertRefused("boxes.csv, line 2: 'two' is not a valid ymax");
    folder.text("boxes.csv", "file,xmin,ymin,xmax,ymax", "cat/1.png,3,0,2,2");
    assertRefused("boxes.csv, line 2: the box");
    assertThatThrownBy(() -> folder.open(masked("p", "nowhere", 0, 0)))
        .hasMessageContaining("There is no 'nowhere'");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> folder.open(masked("p", "boxes.csv", 0, 0)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }
}
