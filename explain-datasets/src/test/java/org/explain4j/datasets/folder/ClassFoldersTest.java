package org.explain4j.datasets.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.explain4j.datasets.folder.SampleFolder.names;
import static org.explain4j.datasets.folder.SampleFolder.settings;
import static org.explain4j.datasets.folder.SampleFolder.whole;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.explain4j.api.Dataset;
import org.explain4j.api.Labelling;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folders as people have them. */
final class ClassFoldersTest {
  @TempDir private Path base;
  private SampleFolder folder;

  @BeforeEach
  void start() {
    folder = new SampleFolder(base);
  }

  @ParameterizedTest
  @CsvSource({
    "train,test",
    "Train,Test",
    "TRAIN,VAL",
    "training,testing",
    "training,validation",
    "seg_train,seg_test",
    "Training_Set,Test_Set",
    "train,Valid"
  })
  void splitsAreKnownByTheirUsualNames(String train, String test) throws IOException {
    folder.image("p/" + train + "/cat/1.png", 1);
    folder.image("p/" + train + "/dog/1.png", 1);
    folder.image("p/" + test + "/dog/2.png", 1);
    Dataset data = folder.open(whole("p", 0.9));
    assertThat(data.classNames()).containsExactly("cat", "dog");
    assertThat(data.train().size()).isEqualTo(2);
    assertThat(names(data.test())).containsExactly(test + "/dog/2.png");
    assertThat(data.test().labels(0)).containsExactly(1);
    assertThat(data.labelling()).isEqualTo(new Labelling.Sorted(List.of("cat", "dog")));
    assertThat(data.notes()).isEmpty();
  }

  @Test
  void foldersAroundEverythingArePassedThroughAndSaid() throws IOException {
    folder.image("p/chest/chest/train/cat/1.png", 1);
    folder.image("p/chest/chest/test/dog/1.png", 1);
    folder.image("p/.cache/x/1.png", 1);
    Dataset data = folder.open(whole("p", 0));
    assertThat(data.classNames()).containsExactly("cat", "dog");
    assertThat(data.name()).isEqualTo("p (1 + 1)");
    assertThat(data.notes())
        .containsExactly("Images are taken from 'chest/chest', the only folder at its level.");
  }

  @Test
  void aSplitMayBeInAFolderOfItsOwnName() throws IOException {
    folder.image("p/seg_train/seg_train/sea/1.png", 1);
    folder.image("p/seg_train/seg_train/ice/1.png", 1);
    folder.image("p/seg_test/seg_test/sea/1.png", 1);
    folder.image("p/seg_pred/seg_pred/1.png", 1);
    folder.image("p/seg_pred/seg_pred/2.png", 1);
    Dataset data = folder.open(whole("p", 0));
    assertThat(data.classNames()).containsExactly("ice", "sea");
    assertThat(data.name()).isEqualTo("p (2 + 1)");
    assertThat(data.notes()).containsExactly("The folder 'seg_pred' with 2 images was ignored.");
  }

  @Test
  void whatIsBesideTheSplitsIsLeftAsideAndCounted() throws IOException {
    folder.image("p/train/a/1.png", 1);
    folder.image("p/test/a/1.png", 1);
    folder.image("p/val/a/1.png", 1);
    folder.image("p/val/b/1.png", 1);
    folder.image("p/cover.png", 1);
    Dataset data = folder.open(whole("p", 0));
    assertThat(data.classNames()).containsExactly("a");
    assertThat(data.notes())
        .containsExactly(
            "The folder 'val' with 2 images was ignored.",
            "1 images beside the splits' folders were ignored.");
  }

  @Test
  void aTestFolderWithoutClassesIsLeftAside() throws IOException {
    folder.image("p/train/a/1.png", 1);
    folder.image("p/train/b/1.png", 1);
    folder.image("p/test/1.png", 1);
    Dataset data = folder.open(whole("p", 0));
    assertThat(data.classNames()).containsExactly("a", "b");
    assertThat(data.name()).isEqualTo("p (2 + 0)");
    assertThat(data.notes()).containsExactly("The folder 'test' with 1 images was ignored.");
  }

  @Test
  void aFolderOfImagesIsAClassWhateverItsName() throws IOException {
    folder.image("p/car/1.png", 1);
    folder.image("p/train/1.png", 1);
    assertThat(folder.open(whole("p", 0)).classNames()).containsExactly("car", "train");
  }

  @Test
  void anEmptyClassFolderKeepsItsNumber() throws IOException {
    folder.image("p/ant/1.png", 1);
    folder.image("p/cat/1.png", 1);
    Files.createDirectory(base.resolve("p/bee"));
    Dataset data = folder.open(whole("p", 0));
    assertThat(data.classNames()).containsExactly("ant", "bee", "cat");
    assertThat(data.train().labels(0, 1)).containsExactly(0, 2);
    assertThat(data.notes())
        .containsExactly("1 class folders have no images, but keep their numbers: bee.");
  }

  @Test
  void anEmptyClassFolderKeepsItsNumberInASplitAndInAnArchive() throws IOException {
    folder.image("p/train/ant/1.png", 1);
    folder.image("p/train/cat/1.png", 1);
    folder.image("p/test/cat/1.png", 1);
    folder.write("p/train/bee/.keep", new byte[0]);
    Dataset data = folder.open(whole("p", 0));
    assertThat(data.test().labels(0)).containsExactly(2);
    folder.archive(
        "p.zip", "p", "train/ant/1.png", "train/cat/1.png", "test/cat/1.png", "train/bee/");
    assertThat(folder.open(whole("p.zip", 0)).test().labels(0)).containsExactly(2);
  }

  @Test
  void aClassOfTheTestFolderAloneIsAClass() throws IOException {
    folder.image("p/train/b/1.png", 1);
    folder.image("p/test/a/1.png", 1);
    Dataset data = folder.open(whole("p", 0));
    assertThat(data.classNames()).containsExactly("a", "b");
    assertThat(data.train().labels(0)).containsExactly(1);
  }

  @Test
  void imagesOutsideClassFoldersAreLeftOutAndCounted() throws IOException {
    folder.image("p/a/1.png", 1);
    folder.image("p/b/1.png", 1);
    folder.image("p/1.png", 1);
    folder.image("p/2.png", 1);
    Dataset data = folder.open(whole("p", 0));
    assertThat(data.train().size()).isEqualTo(2);
    assertThat(data.notes())
        .containsExactly("2 images are not in a class folder and were left out: 1.png, ....");
  }

  @Test
  void aNamedSubsetOfTheNetworksClassesIsComplete() throws IOException {
    folder.image("p/dog/1.png", 1);
    folder.text("ten.txt", "cat", "dog", "eel");
    Dataset data = folder.open(settings("p", "", "ten.txt", 0, 0, 0));
    assertThat(data.labelling()).isEqualTo(new Labelling.Complete());
    assertThat(data.train().labels(0)).containsExactly(1);
    assertThat(data.notes()).isEmpty();
  }

  @Test
  void whatIsTakenPerClassIsSaid() throws IOException {
    folder.image("p/a/1.png", 1);
    folder.image("p/a/2.png", 1);
    folder.image("p/b/1.png", 1);
    assertThat(folder.open(SampleFolder.framed("p", 0, 0, 3, 1)).notes())
        .containsExactly("2 of 3 images were taken, at most 1 per class.");
  }

  @Test
  void aClassFolderAndTheDataMayBeSymbolicLinks() throws IOException {
    folder.image("elsewhere/1.png", 1);
    folder.image("real/ant/1.png", 1);
    Files.createSymbolicLink(base.resolve("real/dog"), base.resolve("elsewhere"));
    Files.createSymbolicLink(base.resolve("p"), base.resolve("real"));
    Files.createSymbolicLink(base.resolve("real/ant/2.png"), base.resolve("elsewhere/1.png"));
    Files.createSymbolicLink(base.resolve("real/ant/3.png"), base.resolve("nowhere.png"));
    Dataset data = folder.open(whole("p", 0));
    assertThat(data.classNames()).containsExactly("ant", "dog");
    assertThat(names(data.train())).containsExactly("ant/1.png", "ant/2.png", "dog/1.png");
    assertThat(data.train().inputs(0, 1, 2).shape()).containsExactly(3, 3, 8, 8);
    assertThat(data.notes())
        .containsExactly("1 symbolic links lead nowhere and were ignored: ant/3.png.");
  }

  @Test
  void aLinkThatLeadsInACircleIsRefused() throws IOException {
    folder.image("p/ant/1.png", 1);
    Files.createSymbolicLink(base.resolve("p/ant/up"), base.resolve("p"));
    assertThatThrownBy(() -> folder.open(whole("p", 0)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("up' leads to a folder that contains it");
  }

  @Test
  void anArchiveMayHaveBackslashes() throws IOException {
    folder.image("p/Train/cat/1.png", 1);
    folder.image("p/Train/dog/1.png", 1);
    folder.image("p/Test/cat/1.png", 1);
    folder.archive("p.zip", "p", "Train\\cat\\1.png", "Train\\dog\\1.png", "Test\\cat\\1.png");
    Dataset data = folder.open(whole("p.zip", 0));
    assertThat(data.classNames()).containsExactly("cat", "dog");
    assertThat(names(data.test())).containsExactly("Test/cat/1.png");
    assertThat(data.test().inputs(0).shape()).containsExactly(1, 3, 8, 8);
  }

  @Test
  void anArchiveMayHaveTheCodePageOfTheFirstPcs() throws IOException {
    Charset first = Charset.forName("IBM437");
    try (OutputStream out = Files.newOutputStream(base.resolve("p.zip"));
        ZipOutputStream zip = new ZipOutputStream(out, first)) {
      zip.putNextEntry(new ZipEntry("d\u00f6g/1.png"));
      zip.write(Pictures.file(Pictures.plain(8, 8, 1), "png"));
      zip.closeEntry();
    }
    Dataset data = folder.open(whole("p.zip", 0));
    assertThat(data.classNames()).containsExactly("d\u00f6g");
    assertThat(data.train().inputs(0).shape()).containsExactly(1, 3, 8, 8);
  }
}
