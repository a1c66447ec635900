package org.explain4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteDataTest {
  @TempDir private Path folder;

  /** This machine's files under another scheme, as if they were elsewhere. */
  public static final class Elsewhere extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("elsewhere:///");
    }

    @Override
    public String getScheme() {
      return "elsewhere";
    }

    @Override
    protected void checkPath(org.apache.hadoop.fs.Path path) {}
  }

  private static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.set("fs.elsewhere.impl", Elsewhere.class.getName());
    return configuration;
  }

  private Path fetch(String uri) throws IOException {
    return RemoteData.fetch(uri, folder.resolve("copies"), configuration());
  }

  @ParameterizedTest
  @ValueSource(strings = {"hdfs://host:8020/data", "s3a://bucket/x.zip", "file:/data/x.npy"})
  void uris(String text) {
    assertThat(RemoteData.isUri(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"data/x.npy", "/data/x.npy", "C:\\data", "{a: b}", "note: /x", "0.5"})
  void whatIsNone(String text) {
    assertThat(RemoteData.isUri(text)).isFalse();
  }

  @Test
  void aFileOfThisMachineIsReadWhereItIs() throws IOException {
    Path file = Files.writeString(folder.resolve("x.npy"), "numbers");
    assertThat(fetch(file.toUri().toString())).isEqualTo(file);
  }

  @Test
  void aFileIsFetchedOnceAndAgainWhenItHasChanged() throws IOException {
    Path file = Files.writeString(folder.resolve("x.npy"), "numbers");
    Path copy = fetch("elsewhere://" + file);
    assertThat(copy).hasContent("numbers").hasFileName("x.npy").isNotEqualTo(file);
    Files.writeString(copy, "read again");
    assertThat(fetch("elsewhere://" + file)).isEqualTo(copy).hasContent("read again");
    Files.writeString(file, "others");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    assertThat(fetch("elsewhere://" + file)).isNotEqualTo(copy).hasContent("others");
  }

  @Test
  void aFolderIsFetchedWithWhatIsInIt() throws IOException {
    Path images = Files.createDirectories(folder.resolve("images/train/cat"));
    Files.writeString(images.resolve("a.jpg"), "cat");
    Path copy = fetch("elsewhere://" + folder.resolve("images"));
    assertThat(copy.resolve("train/cat/a.jpg")).hasContent("cat");
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertThatThrownBy(() -> fetch("elsewhere:///none/x.npy"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("elsewhere:///none/x.npy: there is no such file.");
  }

  @Test
  void aSchemeThatHadoopDoesNotKnowIsNamed() {
    assertThatThrownBy(() -> fetch("nowhere://host/x.npy"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nowhere://host/x.npy cannot be read:")
        .hasMessageContaining("nowhere");
  }
}
