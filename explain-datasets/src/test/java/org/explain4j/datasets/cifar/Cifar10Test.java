package org.explain4j.datasets.cifar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.explain4j.api.Dataset;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

final class Cifar10Test {
  @TempDir private Path folder;

  @Test
  void planesAreRedGreenBlueRowAfterRow() throws IOException {
    byte[] record = record(7, 0);
    record[1 + 33] = (byte) 255;
    record[1 + 1024] = 51;
    Files.write(folder.resolve("data_batch_1.bin"), record);
    Files.write(folder.resolve("test_batch.bin"), record(9, 1));
    Dataset data = open(".");
    INDArray image = data.train().inputs(0);
    assertThat(image.shape()).containsExactly(1, 3, 32, 32);
    assertThat(image.getFloat(0, 0, 1, 1)).isEqualTo(1f);
    assertThat(image.getFloat(0, 1, 0, 0)).isEqualTo(0.2f);
    assertThat(image.sumNumber().floatValue()).isEqualTo(1.2f);
    assertThat(data.train().labels(0)).containsExactly(7);
    assertThat(data.classNames().get(data.test().labels(0)[0])).isEqualTo("truck");
  }

  @Test
  void folderArchiveAndFolderWithArchiveAreTheSame() throws IOException {
    Path batches = Files.createDirectories(folder.resolve("a/cifar-10-batches-bin"));
    Path archive = Files.createDirectory(folder.resolve("b")).resolve("cifar-10-binary.tar.gz");
    try (OutputStream file = Files.newOutputStream(archive);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(file))) {
      for (String name : new String[] {"data_batch_2.bin", "test_batch.bin", "data_batch_1.bin"}) {
        byte[] records = concat(record(name.length() % 10, 3), record(1, name.charAt(11)));
        Files.write(batches.resolve(name), records);
        TarArchiveEntry entry = new TarArchiveEntry("cifar-10-batches-bin/" + name);
        entry.setSize(records.length);
        tar.putArchiveEntry(entry);
        tar.write(records);
        tar.closeArchiveEntry();
      }
    }
    String expected = open("a").fingerprint();
    assertThat(open("b").fingerprint()).isEqualTo(expected);
    assertThat(open("b/cifar-10-binary.tar.gz").fingerprint()).isEqualTo(expected);
    assertThat(open("a").name()).isEqualTo("cifar10 (4 + 2)");
  }

  @Test
  void aSingleFileIsSplit() throws IOException {
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("some.bin.gz")))) {
      for (int i = 0; i < 10; i++) {
        out.write(record(i, i));
      }
    }
    Dataset data = new Cifar10("some.bin.gz", 0.3, 1).open(folder);
    assertThat(data.name()).isEqualTo("cifar10 (7 + 3)");
  }

  @Test
  void theTrueImagesHaveThePublishedMeans() throws IOException {
    Path file = Shared.path("data/cifar10/cifar10_train_lossless_4000.bin.gz");
    Dataset data = new Cifar10(file.toString(), 0, 1).open(folder);
    assertThat(data.train().size()).isEqualTo(4000);
    // CIFAR-10's published channel means, 0.4914 0.4822 0.4465, over all training images.
    INDArray mean = data.train().inputs(first(4000)).mean(0, 2, 3);
    assertThat(mean.getFloat(0)).isBetween(0.485f, 0.5f);
    assertThat(mean.getFloat(1)).isBetween(0.475f, 0.49f);
    assertThat(mean.getFloat(2)).isBetween(0.44f, 0.455f);
    assertThat(data.train().labels(0, 1, 2, 3)).containsExactly(6, 9, 9, 4);
  }

  @Test
  void everyTruncationIsFound() throws IOException {
    byte[] records = concat(record(1, 1), record(2, 2));
    for (int length : new int[] {0, 1, 3072, 3074, 6145}) {
      Files.write(folder.resolve("cut.bin"), Arrays.copyOf(records, length));
      assertThatThrownBy(() -> open("cut.bin"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cut.bin");
    }
    Path packed = folder.resolve("cut.bin.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(records);
    }
    Files.write(packed, Arrays.copyOf(Files.readAllBytes(packed), 20));
    assertThatThrownBy(() -> open("cut.bin.gz"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cut.bin.gz is truncated");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bad.tar.gz", "bad.bin.gz"})
  void anArchiveThatIsNoneIsNamedWithTheWayOut(String name) throws IOException {
    Files.writeString(folder.resolve(name), "no archive at all");
    assertThatThrownBy(() -> open(name))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(name, "damaged", "explain download cifar10");
    Files.writeString(folder.resolve(name), "");
    assertThatThrownBy(() -> open(name)).hasMessageContainingAll(name, "is empty");
  }

  @Test
  void aLabelThatIsNoClassIsNamed() throws IOException {
    Files.write(folder.resolve("bad.bin"), concat(record(1, 1), record(12, 2)));
    assertThatThrownBy(() -> open("bad.bin")).hasMessageContaining("label 12 of record 1");
  }

  @Test
  void anEmptyFolderSaysHowToFillIt() {
    assertThatThrownBy(() -> open("."))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("explain download cifar10");
    assertThatThrownBy(() -> open("nowhere")).hasMessageContaining("nowhere");
  }

  private Dataset open(String path) throws IOException {
    return new Cifar10(path, 0.2, 1).open(folder);
  }

  private static int[] first(int n) {
    return IntStream.range(0, n).toArray();
  }

  private static byte[] record(int label, int value) {
    byte[] record = new byte[3073];
    Arrays.fill(record, (byte) value);
    record[0] = (byte) label;
    return record;
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
