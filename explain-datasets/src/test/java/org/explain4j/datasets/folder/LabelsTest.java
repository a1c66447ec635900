package org.explain4j.datasets.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.explain4j.datasets.folder.SampleFolder.names;
import static org.explain4j.datasets.folder.SampleFolder.settings;
import static org.explain4j.datasets.folder.SampleFolder.whole;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.explain4j.api.Dataset;
import org.explain4j.api.Labelling;
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
  void pointersOfGitLfsAreNeitherListsNorImages() throws IOException {
    String pointer = "version https://git-lfs.github.com/spec/v1";
    folder.image("p/a/1.png", 1);
    folder.text("p/a/2.png", pointer);
    folder.text("names.txt", pointer, "oid sha256:4d7a", "size 12");
    assertThatThrownBy(() -> folder.open(settings("p", "", "names.txt", 0, 0, 0)))
        .hasMessageContainingAll("names.txt is a Git LFS pointer", "git lfs pull");
    assertThat(folder.open(whole("p", 0)).notes())
        .anySatisfy(note -> assertThat(note).contains("a/2.png (the image is a Git LFS pointer"));
  }

  @Test
  void mistakesInATableAreShownByRecord() throws IOException {
    folder.image("p/1.png", 1);
    assertTable("has the columns [file, label]", "file,label", "1.png,2");
    assertTable("line 3: '-1' is not a class index", "file,class_index", "1.png,0", "1.png,-1");
    assertTable("line 2: there is no file", "file,class_index", ",0");
    assertTable("line 2: the part 'dev' is neither", "file,class,part", "1.png,a,dev");
    assertTable("line 2: there is no class_index", "file,class_index", "1.png");
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
        .containsExactly("tench, Tinca tinca", "Samoyed, Samoyede", "other");
    Files.delete(base.resolve("p/other/1.png"));
    Dataset imageNet = folder.open(settings("p", "", "imagenet", 0, 0, 0));
    assertThat(imageNet.classNames()).hasSize(1000).startsWith("tench, Tinca tinca");
    assertThat(imageNet.train().labels(0, 1)).containsExactly(0, 258);
    folder.text("order.txt", "n02111889", "n01440764 my fish");
    assertThat(folder.open(settings("p", "", "order.txt", 0, 0, 0)).classNames())
        .containsExactly("Samoyed, Samoyede", "my fish");
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

  @Test
  void aTableIsReadWhateverProgramWroteIt() throws IOException {
    folder.image("p/x/1.png", 1);
    folder.image("p/2.png", 2);
    String[] tables = {
      ",file,class_index\n0,x/1.png,1\n1,2.png,0\n", // pandas' index
      "\ufefffile,class_index\r\nx/1.png,1\r\n2.png,0\r\n", // a byte-order mark
      "file , class_index\n \"x/1.png\" , 1\n./2.png, 0",
      "class_index,file\n1,x\\1.png\n0,2.png\n", // Windows' separators
    };
    for (String table : tables) {
      folder.text("p/labels.csv", table);
      Dataset data = folder.open(whole("p", 0));
      assertThat(names(data.train())).as(table).containsExactly("x/1.png", "2.png");
      assertThat(data.train().labels(0, 1)).as(table).containsExactly(1, 0);
      assertThat(data.labelling()).isEqualTo(new Labelling.Stated());
    }
  }

  @Test
  void aTableInLatin1IsRefusedWithItsLine() throws IOException {
    folder.image("p/1.png", 1);
    folder.write(
        "p/labels.csv",
        "file,class\n1.png,a\n2.png,\u00e9t\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> folder.open(whole("p", 0)))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "labels.csv, line 3: the byte 0xE9 is not UTF-8.\n"
                + "Maybe save the file with the encoding UTF-8.");
    folder.write("p/labels.csv", "file,class".getBytes(StandardCharsets.UTF_16));
    assertThatThrownBy(() -> folder.open(whole("p", 0)))
        .hasMessageContaining("labels.csv, line 1: the byte 0xFE");
    Files.delete(base.resolve("p/labels.csv"));
    folder.image("p/b/1.png", 1);
    folder.write("o.txt", "b\n\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> folder.open(settings("p", "", "o.txt", 0, 0, 0)))
        .hasMessageContaining("o.txt, line 2: the byte 0xE9");
  }

  @Test
  void aFileListedTwiceCountsOnceAndWithTwoLabelsIsRefused() throws IOException {
    folder.image("p/1.png", 1);
    folder.image("p/2.png", 1);
    folder.text("p/labels.csv", "file,class_index", "1.png,0", "2.png,1", "./1.png,0");
    Dataset data = folder.open(whole("p", 0));
    assertThat(names(data.train())).containsExactly("1.png", "2.png");
    assertThat(data.notes())
        .containsExactly("1 rows of labels.csv repeat a file and were left out.");
    assertTable(
        "line 4: '1.png' has another class or part than on line 2",
        "file,class_index",
        "1.png,0",
        "2.png,1",
        "1.png,1");
    assertTable("line 3: '1.png' has", "file,class,part", "1.png,a,train", "1.png,a,test");
  }

  @Test
  void labelsFromOneOnAreCountedFromTheFirst() throws IOException {
    folder.image("p/1.png", 1);
    folder.image("p/2.png", 1);
    folder.text("p/labels.csv", "file,class_index,name", "1.png,1,ant", "2.png,2,bee");
    Dataset data = folder.open(SampleFolder.numbered("p", 1));
    assertThat(data.train().labels(0, 1)).containsExactly(0, 1);
    assertThat(data.classNames()).containsExactly("ant", "bee");
    folder.text("p/labels.csv", "file,class_index", "1.png,0");
    assertThatThrownBy(() -> folder.open(SampleFolder.numbered("p", 1)))
        .hasMessageContaining("line 2: '0' is not a class index from 1 on");
    assertThatThrownBy(() -> SampleFolder.numbered("p", 2)).hasMessageContaining("first-label (2)");
  }

  @Test
  void anIndexBeyondTheListedClassesIsRefused() throws IOException {
    folder.image("p/1.png", 1);
    folder.text("two.txt", "tabby cat", "golden retriever");
    folder.text("p/labels.csv", "file,class_index", "1.png,1");
    Dataset data = folder.open(settings("p", "", "two.txt", 0, 0, 0));
    assertThat(data.classNames()).containsExactly("tabby cat", "golden retriever");
    assertThat(data.labelling()).isEqualTo(new Labelling.Complete());
    folder.text("p/labels.csv", "file,class_index", "1.png,2");
    assertThatThrownBy(() -> folder.open(settings("p", "", "two.txt", 0, 0, 0)))
        .hasMessageContaining("line 2: the class index 2 is beyond the 2 classes");
  }

  @Test
  void keysOfAClassListMayHaveBlanksInQuotesOrNot() throws IOException {
    folder.image("p/golden retriever/1.png", 1);
    folder.image("p/tabby cat/1.png", 1);
    String[] lists = {
      "tabby cat\ngolden retriever\n",
      "\ufefftabby cat\r\ngolden retriever\r\n",
      "\"tabby cat\"\n'golden retriever'",
      "tabby cat\tTabby\ngolden retriever\tGolden",
      "tabby cat, Tabby\ngolden retriever, \"Golden\"",
      "\"tabby cat\" Tabby\n\"golden retriever\" Golden",
      "tabby cat\ngolden retriever\nan empty class",
    };
    for (String list : lists) {
      folder.text("list.txt", list);
      Dataset data = folder.open(settings("p", "", "list.txt", 0, 0, 0));
      assertThat(data.train().labels(0, 1)).as(list).containsExactly(1, 0);
      assertThat(data.classNames().get(0)).as(list).matches("(?i)tabby( cat)?");
      assertThat(data.classNames().get(1)).as(list).matches("(?i)golden( retriever)?");
    }
    folder.text("list.txt", "tabby cat", "golden retriever", "tabby cat");
    assertThatThrownBy(() -> folder.open(settings("p", "", "list.txt", 0, 0, 0)))
        .hasMessageContaining("list.txt, line 3: the class 'tabby cat' is listed twice");
  }

  private void assertTable(String message, String... lines) throws IOException {
    folder.text("p/labels.csv", lines);
    assertThatThrownBy(() -> folder.open(whole("p", 0)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("labels.csv")
        .hasMessageContaining(message);
  }
}
