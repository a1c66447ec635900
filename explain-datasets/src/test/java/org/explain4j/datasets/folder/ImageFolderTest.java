package org.explain4j.datasets.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.explain4j.api.Dataset;
import org.explain4j.api.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

final class ImageFolderTest {
  @TempDir private Path base;

  @Test
  void foldersAreClassesInAlphabeticOrder() throws IOException {
    image("p/dog/2.png", 0x0000ff);
    image("p/cat/1.png", 0xff0000);
    image("p/cat/3.png", 0x00ff00);
    Dataset data = open(whole("p", 0));
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
      image("p/a/" + i + ".png", 0x102030 * i);
    }
    Dataset data = open(whole("p", 0.5));
    assertThat(data.train().size()).isEqualTo(3);
    INDArray batch = data.train().inputs(2, 0);
    assertThat(batch.slice(0)).isEqualTo(data.train().inputs(2).slice(0));
    assertThat(batch.slice(1)).isEqualTo(data.train().inputs(0).slice(0));
    assertThat(open(whole("p", 0.5)).fingerprint()).isEqualTo(data.fingerprint());
  }

  @Test
  void trainAndValFoldersAreTheSplits() throws IOException {
    image("p/train/a/1.png", 1);
    image("p/train/b/2.png", 2);
    image("p/val/b/images/3.png", 3);
    Dataset data = open(whole("p", 0.9));
    assertThat(names(data.train())).containsExactly("train/a/1.png", "train/b/2.png");
    assertThat(names(data.test())).containsExactly("val/b/images/3.png");
    assertThat(data.test().labels(0)).containsExactly(1);
  }

  @Test
  void aFolderAroundEverythingIsIgnored() throws IOException {
    image("p/wrap/train/a/1.png", 1);
    image("p/wrap/test/a/2.png", 2);
    assertThat(open(whole("p", 0)).name()).isEqualTo("p (1 + 1)");
    image("q/wrap/a/1.png", 1);
    image("q/wrap/b/1.png", 1);
    assertThat(open(whole("q", 0)).classNames()).containsExactly("a", "b");
    image("r/one/1.png", 1);
    assertThat(open(whole("r", 0)).classNames()).containsExactly("one");
  }

  @Test
  void anArchiveIsReadWithoutUnpacking() throws IOException {
    image("p/train/a/1.png", 1);
    image("p/train/b/2.png", 0xff0000);
    image("p/test/b/3.png", 3);
    zip("p.zip", "train/a/1.png", "train/b/2.png", "test/b/3.png");
    Dataset folder = open(whole("p", 0));
    Dataset archive = open(whole("p.zip", 0));
    assertThat(archive.fingerprint()).isEqualTo(folder.fingerprint());
    assertThat(archive.name()).isEqualTo("p.zip (2 + 1)");
    assertThat(archive.train().inputs(0, 1)).isEqualTo(folder.train().inputs(0, 1));
  }

  @Test
  void unreadableImagesAreCountedNamedAndLeftOut() throws IOException {
    image("p/a/good.png", 1);
    write("p/a/empty.jpg", new byte[0]);
    write("p/a/text.jpg", "not an image".getBytes(StandardCharsets.UTF_8));
    byte[] jpeg = Pictures.file(Pictures.slopes(64, 64), "jpg");
    write("p/b/cut.jpg", Arrays.copyOf(jpeg, jpeg.length * 2 / 3));
    write("p/b/readme.txt", new byte[3]);
    write("p/b/.hidden.jpg", new byte[3]);
    Dataset data = open(whole("p", 0));
    assertThat(names(data.train())).containsExactly("a/good.png");
    assertThat(data.classNames()).containsExactly("a", "b");
    assertThat(data.notes()).hasSize(2);
    assertThat(data.notes().get(0)).startsWith("1 files are no images");
    assertThat(data.notes().get(1))
        .startsWith("3 of 4 images cannot be read")
        .contains("a/empty.jpg", "a/text.jpg (no known image format)", "b/cut.jpg (");
  }

  @Test
  void withoutOneReadableImageTheFirstProblemIsTold() throws IOException {
    write("p/a/x.jpg", new byte[9]);
    assertThatThrownBy(() -> open(whole("p", 0)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("None of the 1 images")
        .hasMessageContaining("a/x.jpg (no known image format)");
    Files.createDirectory(base.resolve("void"));
    assertThatThrownBy(() -> open(whole("void", 0))).hasMessageContaining("None of the 0 images");
  }

  @Test
  void aTableOfLabelsSettlesClassesAndParts() throws IOException {
    image("p/1.png", 1);
    image("p/x/2.png", 2);
    image("p/3.png", 3);
    text(
        "p/labels.csv",
        "file,class_index,name,part",
        "3.png,4,\"bell, pepper\",test",
        "1.png,0,tench,train",
        "gone.png,2,shark,train",
        "x/2.png,4,other,train");
    Dataset data = open(whole("p", 0));
    assertThat(data.classNames())
        .containsExactly("tench", "class 1", "shark", "class 3", "bell, pepper");
    assertThat(names(data.test())).containsExactly("3.png");
    assertThat(names(data.train())).containsExactly("1.png", "x/2.png");
    assertThat(data.train().labels(1)).containsExactly(4);
    assertThat(data.notes())
        .singleElement()
        .asString()
        .isEqualTo("1 of 4 images cannot be read and were left out: gone.png (no such file).");
  }

  @Test
  void aTableMayNameClassesByKey() throws IOException {
    image("p/1.png", 1);
    image("p/2.png", 2);
    text("beside.csv", "file,class,name", "1.png,n02,dog", "2.png,n01,cat");
    Dataset data = open(settings("p", "beside.csv", "", 0, 0, 0));
    assertThat(data.classNames()).containsExactly("cat", "dog");
    assertThat(data.train().labels(0, 1)).containsExactly(1, 0);
  }

  @Test
  void mistakesInATableAreShownByRecord() throws IOException {
    image("p/1.png", 1);
    assertTable("has the columns [file, label]", "file,label", "1.png,2");
    assertTable("record 2: '-1' is no class index", "file,class_index", "1.png,0", "1.png,-1");
    assertTable("record 1: there is no file", "file,class_index", ",0");
    assertTable("record 1: the part 'dev' is neither", "file,class,part", "1.png,a,dev");
    assertTable("record 1: there is no class_index", "file,class_index", "1.png");
    assertTable("cannot be read", "file,class_index", "\"1.png,3");
  }

  @Test
  void aClassListGivesOrderAndNames() throws IOException {
    image("p/n01/1.png", 1);
    image("p/n03/2.png", 2);
    text("classes.txt", "n03 sports car, sport car", "n02\tladybug", "", "n01");
    Dataset data = open(settings("p", "", "classes.txt", 0, 0, 0));
    assertThat(data.classNames()).containsExactly("sports car, sport car", "ladybug", "n01");
    assertThat(data.train().labels(0, 1)).containsExactly(2, 0);
    image("p/n2/1.png", 1);
    assertThatThrownBy(() -> open(settings("p", "", "classes.txt", 0, 0, 0)))
        .hasMessageContaining("'n2' is not one of the 3 classes")
        .hasMessageContaining("Did you mean");
    assertThatThrownBy(() -> open(settings("p", "", "absent.txt", 0, 0, 0)))
        .hasMessageContaining("absent.txt");
  }

  @Test
  void synsetFoldersGetImageNetsNames() throws IOException {
    image("p/n02111889/1.png", 1);
    image("p/n01440764/1.png", 1);
    image("p/other/1.png", 1);
    assertThat(open(whole("p", 0)).classNames()).containsExactly("tench", "Samoyed", "other");
    Files.delete(base.resolve("p/other/1.png"));
    Dataset imageNet = open(settings("p", "", "imagenet", 0, 0, 0));
    assertThat(imageNet.classNames()).hasSize(1000).doesNotHaveDuplicates();
    assertThat(imageNet.train().labels(0, 1)).containsExactly(0, 258);
    text("order.txt", "n02111889", "n01440764 my fish");
    assertThat(open(settings("p", "", "order.txt", 0, 0, 0)).classNames())
        .containsExactly("Samoyed", "my fish");
  }

  @Test
  void theFirstImagesOfEachClassCanBeTaken() throws IOException {
    for (int i = 0; i < 3; i++) {
      image("p/a/" + i + ".png", i);
      image("p/b/" + i + ".png", i);
    }
    Dataset data = open(new ImageFolder("p", "", "", 0, 0, 3, 2, 0, 1));
    assertThat(names(data.train())).containsExactly("a/0.png", "a/1.png", "b/0.png", "b/1.png");
  }

  @Test
  void imagesOfManySizesNeedACrop() throws IOException {
    write("p/a/1.png", Pictures.file(Pictures.slopes(30, 20), "png"));
    write("p/a/2.png", Pictures.file(Pictures.grey(12, 12, 51), "png"));
    assertThatThrownBy(() -> open(whole("p", 0)))
        .hasMessageContaining("'a/1.png' has 20 x 30 pixels, 'a/2.png' 12 x 12")
        .hasMessageContaining("dataset.crop");
    Dataset data = open(settings("p", "", "", 16, 14, 0));
    assertThat(data.inputShape()).containsExactly(3L, 14L, 14L);
    assertThat(data.train().inputs(1).minNumber().floatValue()).isEqualTo(0.2f);
    Dataset grey = open(new ImageFolder("p", "", "", 16, 14, 1, 0, 0, 1));
    assertThat(grey.inputShape()).containsExactly(1L, 14L, 14L);
    assertThat(grey.fingerprint()).isNotEqualTo(data.fingerprint());
  }

  @Test
  void anImageThatIsGoneLaterIsNamed() throws IOException {
    image("p/a/1.png", 1);
    Dataset data = open(whole("p", 0));
    Files.delete(base.resolve("p/a/1.png"));
    assertThatThrownBy(() -> data.train().inputs(0))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("a/1.png")
        .hasMessageContaining("was readable at first");
  }

  @Test
  void wrongPathsAndArchivesAreNamed() throws IOException {
    assertThatThrownBy(() -> open(whole("nowhere", 0)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nowhere")
        .hasMessageContaining("dataset.path");
    text("broken.zip", "PK but no more");
    assertThatThrownBy(() -> open(whole("broken.zip", 0)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("broken.zip' is no readable zip archive");
    image("p/1.png", 1);
    assertThatThrownBy(() -> open(whole("p", 0))).hasMessageContaining("is in no class folder");
    assertThatThrownBy(() -> new ImageFolder("p", "", "", 0, 0, 3, -1, 0, 1))
        .hasMessageContaining("-1 images per class");
  }

  @Test
  void aFileThatUnpacksWithoutEndIsLeftOut() throws IOException {
    image("p/a/good.png", 1);
    write("p/a/bomb.jpg", new byte[(1 << 26) + 1]);
    zip("p.zip", "a/good.png", "a/bomb.jpg");
    assertThat(base.resolve("p.zip").toFile().length()).isLessThan(1 << 20);
    assertThat(open(whole("p.zip", 0)).notes())
        .singleElement()
        .asString()
        .contains("a/bomb.jpg (larger than 67108864 bytes)");
  }

  @Test
  void aTableCannotReachOutsideItsFolder() throws IOException {
    image("secret.png", 1);
    image("p/1.png", 1);
    text("p/labels.csv", "file,class", "../secret.png,a", "1.png,a");
    Dataset data = open(whole("p", 0));
    assertThat(names(data.train())).containsExactly("1.png");
    assertThat(data.notes()).singleElement().asString().contains("../secret.png (no such file)");
  }

  private void assertTable(String message, String... lines) throws IOException {
    text("p/labels.csv", lines);
    assertThatThrownBy(() -> open(whole("p", 0)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("labels.csv")
        .hasMessageContaining(message);
  }

  private Dataset open(ImageFolder settings) throws IOException {
    return settings.open(base);
  }

  private static ImageFolder whole(String path, double testShare) {
    return settings(path, "", "", 0, 0, testShare);
  }

  private static ImageFolder settings(
      String path, String labels, String classes, int resize, int crop, double testShare) {
    return new ImageFolder(path, labels, classes, resize, crop, 3, 0, testShare, 1);
  }

  private static List<String> names(Split split) {
    return IntStream.range(0, split.size()).mapToObj(split::name).toList();
  }

  private void image(String file, int rgb) throws IOException {
    write(file, Pictures.file(Pictures.plain(8, 8, rgb), "png"));
  }

  private void text(String file, String... lines) throws IOException {
    write(file, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }

  private void write(String file, byte[] content) throws IOException {
    Files.createDirectories(base.resolve(file).getParent());
    Files.write(base.resolve(file), content);
  }

  private void zip(String archive, String... files) throws IOException {
    try (OutputStream out = Files.newOutputStream(base.resolve(archive));
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String file : Stream.of(files).sorted().toList()) {
        zip.putNextEntry(new ZipEntry(file));
        zip.write(Files.readAllBytes(base.resolve("p").resolve(file)));
        zip.closeEntry();
      }
    }
  }
}
