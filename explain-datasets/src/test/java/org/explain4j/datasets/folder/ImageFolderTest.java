package org.explain4j.datasets.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.explain4j.datasets.folder.SampleFolder.framed;
import static org.explain4j.datasets.folder.SampleFolder.names;
import static org.explain4j.datasets.folder.SampleFolder.settings;
import static org.explain4j.datasets.folder.SampleFolder.whole;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.explain4j.api.Dataset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

final class ImageFolderTest {
  @TempDir private Path base;
  private SampleFolder folder;

  @BeforeEach
  void start() {
    folder = new SampleFolder(base);
  }

  @Test
  void foldersAreClassesInAlphabeticOrder() throws IOException {
    folder.image("p/dog/2.png", 0x0000ff);
    folder.image("p/cat/1.png", 0xff0000);
    folder.image("p/cat/3.png", 0x00ff00);
    Dataset data = folder.open(whole("p", 0));
    assertThat(data.classNames()).containsExactly("cat", "dog");
    assertThat(names(data.train())).containsExactly("cat/1.png", "cat/3.png", "dog/2.png");
    assertThat(data.train().labels(2, 0)).containsExactly(1, 0);
    INDArray pixels = data.train().inputs(2, 1);
    assertThat(pixels.shape()).containsExactly(2, 3, 8, 8);
    assertThat(pixels.mean(2, 3).data().asFloat()).containsExactly(0, 0, 1, 0, 1, 0);
    assertThat(data.name()).isEqualTo("p (3 + 0)");
  }

  @Test
  void aBatchIsTheSameAsItsImages() throws IOException {
    for (int i = 0; i < 6; i++) {
      folder.image("p/a/" + i + ".png", 0x102030 * i);
    }
    Dataset data = folder.open(whole("p", 0.5));
    assertThat(data.train().size()).isEqualTo(3);
    INDArray batch = data.train().inputs(2, 0);
    assertThat(batch.slice(0)).isEqualTo(data.train().inputs(2).slice(0));
    assertThat(batch.slice(1)).isEqualTo(data.train().inputs(0).slice(0));
    assertThat(folder.open(whole("p", 0.5)).fingerprint()).isEqualTo(data.fingerprint());
  }

  @Test
  void trainAndValFoldersAreTheSplits() throws IOException {
    folder.image("p/train/a/1.png", 1);
    folder.image("p/train/b/2.png", 2);
    folder.image("p/val/b/images/3.png", 3);
    Dataset data = folder.open(whole("p", 0.9));
    assertThat(names(data.train())).containsExactly("train/a/1.png", "train/b/2.png");
    assertThat(names(data.test())).containsExactly("val/b/images/3.png");
    assertThat(data.test().labels(0)).containsExactly(1);
  }

  @Test
  void aFolderAroundEverythingIsIgnored() throws IOException {
    folder.image("p/wrap/train/a/1.png", 1);
    folder.image("p/wrap/test/a/2.png", 2);
    assertThat(folder.open(whole("p", 0)).name()).isEqualTo("p (1 + 1)");
    folder.image("q/wrap/a/1.png", 1);
    folder.image("q/wrap/b/1.png", 1);
    assertThat(folder.open(whole("q", 0)).classNames()).containsExactly("a", "b");
    folder.image("r/one/1.png", 1);
    assertThat(folder.open(whole("r", 0)).classNames()).containsExactly("one");
  }

  @Test
  void anArchiveIsReadWithoutUnpacking() throws IOException {
    folder.image("p/train/a/1.png", 1);
    folder.image("p/train/b/2.png", 0xff0000);
    folder.image("p/test/b/3.png", 3);
    folder.zip("p.zip", "train/a/1.png", "train/b/2.png", "test/b/3.png");
    Dataset unpacked = folder.open(whole("p", 0));
    Dataset archive = folder.open(whole("p.zip", 0));
    assertThat(archive.fingerprint()).isEqualTo(unpacked.fingerprint());
    assertThat(archive.name()).isEqualTo("p.zip (2 + 1)");
    assertThat(archive.train().inputs(0, 1)).isEqualTo(unpacked.train().inputs(0, 1));
  }

  @Test
  void unreadableImagesAreCountedNamedAndLeftOut() throws IOException {
    folder.image("p/a/good.png", 1);
    folder.write("p/a/empty.jpg", new byte[0]);
    folder.write("p/a/text.jpg", "not an image".getBytes(StandardCharsets.UTF_8));
    byte[] jpeg = Pictures.file(Pictures.slopes(64, 64), "jpg");
    folder.write("p/b/cut.jpg", Arrays.copyOf(jpeg, jpeg.length * 2 / 3));
    folder.write("p/b/readme.txt", new byte[3]);
    folder.write("p/b/.hidden.jpg", new byte[3]);
    Dataset data = folder.open(whole("p", 0));
    assertThat(names(data.train())).containsExactly("a/good.png");
    assertThat(data.classNames()).containsExactly("a", "b");
    assertThat(data.notes()).hasSize(2);
    assertThat(data.notes().get(0)).startsWith("1 files are not images");
    assertThat(data.notes().get(1))
        .startsWith("3 of 4 images cannot be read")
        .contains("a/empty.jpg", "a/text.jpg (no known image format)", "b/cut.jpg (");
  }

  @Test
  void withoutOneReadableImageTheFirstProblemIsTold() throws IOException {
    folder.write("p/a/x.jpg", new byte[9]);
    assertThatThrownBy(() -> folder.open(whole("p", 0)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("None of the 1 images")
        .hasMessageContaining("a/x.jpg (no known image format)");
    Files.createDirectory(base.resolve("void"));
    assertThatThrownBy(() -> folder.open(whole("void", 0)))
        .hasMessageContaining("None of the 0 images");
  }

  @Test
  void theFirstImagesOfEachClassCanBeTaken() throws IOException {
    for (int i = 0; i < 3; i++) {
      folder.image("p/a/" + i + ".png", i);
      folder.image("p/b/" + i + ".png", i);
    }
    Dataset data = folder.open(framed("p", 0, 0, 3, 2));
    assertThat(names(data.train())).containsExactly("a/0.png", "a/1.png", "b/0.png", "b/1.png");
  }

  @Test
  void imagesOfManySizesNeedACrop() throws IOException {
    folder.write("p/a/1.png", Pictures.file(Pictures.slopes(30, 20), "png"));
    folder.write("p/a/2.png", Pictures.file(Pictures.grey(12, 12, 51), "png"));
    assertThatThrownBy(() -> folder.open(whole("p", 0)))
        .hasMessageContaining("'a/1.png' has 20 x 30 pixels, 'a/2.png' 12 x 12")
        .hasMessageContaining("image-folder.crop");
    Dataset data = folder.open(settings("p", "", "", 16, 14, 0));
    assertThat(data.inputShape()).containsExactly(3L, 14L, 14L);
    assertThat(data.train().inputs(1).minNumber().floatValue()).isEqualTo(0.2f);
    Dataset grey = folder.open(framed("p", 16, 14, 1, 0));
    assertThat(grey.inputShape()).containsExactly(1L, 14L, 14L);
    assertThat(grey.fingerprint()).isNotEqualTo(data.fingerprint());
  }

  @Test
  void imagesSmallerThanTheCropAreSurroundedByBlackWhichIsNoted() throws IOException {
    folder.write("p/a/1.png", Pictures.file(Pictures.slopes(30, 20), "png"));
    folder.write("p/a/2.png", Pictures.file(Pictures.grey(12, 12, 51), "png"));
    Dataset data = folder.open(framed("p", 0, 14, 1, 0));
    assertThat(data.notes())
        .singleElement()
        .asString()
        .startsWith("1 of 2 images are smaller than the crop of 14 pixels");
    INDArray small = data.train().inputs(1);
    assertThat(small.minNumber().floatValue()).isZero();
    assertThat(small.sumNumber().floatValue()).isCloseTo(0.2f * 144, within(1e-4f));
  }

  @Test
  void anImageThatIsGoneLaterIsNamed() throws IOException {
    folder.image("p/a/1.png", 1);
    Dataset data = folder.open(whole("p", 0));
    Files.delete(base.resolve("p/a/1.png"));
    assertThatThrownBy(() -> data.train().inputs(0))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("a/1.png")
        .hasMessageContaining("was readable at first");
  }

  @Test
  void wrongPathsAndArchivesAreNamed() throws IOException {
    assertThatThrownBy(() -> folder.open(whole("nowhere", 0)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nowhere")
        .hasMessageContaining("image-folder.path");
    folder.text("broken.zip", "PK but no more");
    assertThatThrownBy(() -> folder.open(whole("broken.zip", 0)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("broken.zip' is not a readable zip archive");
    folder.image("p/1.png", 1);
    assertThatThrownBy(() -> folder.open(whole("p", 0)))
        .hasMessageContaining("is not in a class folder");
    assertThatThrownBy(() -> framed("p", 0, 0, 3, -1)).hasMessageContaining("per-class (-1)");
  }

  @Test
  void aFileThatUnpacksWithoutEndIsLeftOut() throws IOException {
    folder.image("p/a/good.png", 1);
    folder.write("p/a/bomb.jpg", new byte[(1 << 26) + 1]);
    folder.zip("p.zip", "a/good.png", "a/bomb.jpg");
    assertThat(base.resolve("p.zip").toFile().length()).isLessThan(1 << 20);
    assertThat(folder.open(whole("p.zip", 0)).notes())
        .singleElement()
        .asString()
        .contains("a/bomb.jpg (larger than 67108864 bytes)");
  }
}
