package org.explain4j.datasets.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.explain4j.datasets.folder.SampleFolder.names;
import static org.explain4j.datasets.folder.SampleFolder.settings;
import static org.explain4j.datasets.folder.SampleFolder.whole;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.explain4j.api.Dataset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of labels and lists of classes. */
final class LabelsTest {
  @TempDir private Path base;
  private SampleFolder folder;

  @BeforeEach
  void start() {
    folder = new SampleFolder(base);
  }

  @Test
  void aTableOfLabelsSettlesClassesAndParts() throws IOException {
    folder.image("p/1.png", 1);
    folder.image("p/x/2.png", 2);
    folder.image("p/3.png", 3);
    folder.text(
        "p/labels.csv",
        "file,class_index,name,part",
        "3.png,4,\"bell, pepper\",test",
        "1.png,0,tench,train",
        "gone.png,2,shark,train",
        "x/2.png,4,other,train");
    Dataset data = folder.open(whole("p", 0));
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
    folder.image("p/1.png", 1);
    folder.image("p/2.png", 2);
    folder.text("beside.csv", "file,class,name", "1.png,n02,dog", "2.png,n01,cat");
    Dataset data = folder.open(settings("p", "beside.csv", "", 0, 0, 0));
    assertThat(data.classNames()).containsExactly("cat", "dog");
    assertThat(data.train().labels(0, 1)).containsExactly(1, 0);
  }

  @Test
  void mistakesInATableAreShownByRecord() throws IOException {
    folder.image("p/1.png", 1);
    assertTable("has the columns [file, label]", "file,label", "1.png,2");
    assertTable("record 2: '-1' is no class index", "file,class_index", "1.png,0", "1.png,-1");
    assertTable("record 1: there is no file", "file,class_index", ",0");
    assertTable("record 1: the part 'dev' is neither", "file,class,part", "1.png,a,dev");
    assertTable("record 1: there is no class_index", "file,class_index", "1.png");
    assertTable("cannot be read", "file,class_index", "\"1.png,3");
  }

  @Test
  void aClassListGivesOrderAndNames() throws IOException {
    folder.image("p/n01/1.png", 1);
    folder.image("p/n03/2.png", 2);
    folder.text("classes.txt", "n03 sports car, sport car", "n02\tladybug", "", "n01");
    Dataset data = folder.open(settings("p", "", "classes.txt", 0, 0, 0));
    assertThat(data.classNames()).containsExactly("sports car, sport car", "ladybug", "n01");
    assertThat(data.train().labels(0, 1)).containsExactly(2, 0);
    folder.image("p/n2/1.png", 1);
    assertThatThrownBy(() -> folder.open(settings("p", "", "classes.txt", 0, 0, 0)))
        .hasMessageContaining("'n2' is not one of the 3 classes")
        .hasMessageContaining("Did you mean");
    assertThatThrownBy(() -> folder.open(settings("p", "", "absent.txt", 0, 0, 0)))
        .hasMessageContaining("absent.txt");
  }

  @Test
  void synsetFoldersGetImageNetsNames() throws IOException {
    folder.image("p/n02111889/1.png", 1);
    folder.image("p/n01440764/1.png", 1);
    folder.image("p/other/1.png", 1);
    assertThat(folder.open(whole("p", 0)).classNames())
        .containsExactly("tench", "Samoyed", "other");
    Files.delete(base.resolve("p/other/1.png"));
    Dataset imageNet = folder.open(settings("p", "", "imagenet", 0, 0, 0));
    assertThat(imageNet.classNames()).hasSize(1000).doesNotHaveDuplicates();
    assertThat(imageNet.train().labels(0, 1)).containsExactly(0, 258);
    folder.text("order.txt", "n02111889", "n01440764 my fish");
    assertThat(folder.open(settings("p", "", "order.txt", 0, 0, 0)).classNames())
        .containsExactly("Samoyed", "my fish");
  }

  @Test
  void aTableCannotReachOutsideItsFolder() throws IOException {
    folder.image("secret.png", 1);
    folder.image("p/1.png", 1);
    folder.text("p/labels.csv", "file,class", "../secret.png,a", "1.png,a");
    Dataset data = folder.open(whole("p", 0));
    assertThat(names(data.train())).containsExactly("1.png");
    assertThat(data.notes()).singleElement().asString().contains("../secret.png (no such file)");
  }

  private void assertTable(String message, String... lines) throws IOException {
    folder.text("p/labels.csv", lines);
    assertThatThrownBy(() -> folder.open(whole("p", 0)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("labels.csv")
        .hasMessageContaining(message);
  }
}
