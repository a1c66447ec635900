package org.explain4j.datasets.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.explain4j.api.Dataset;
import org.explain4j.api.Split;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FashionMnistTest {
  private static final Path DEBIAN = Path.of("/usr/share/datasets/fashion-mnist");
  private static final List<String> FILES =
      List.of(
          "train-10000-images-idx3-ubyte.gz",
          "train-10000-labels-idx1-ubyte.gz",
          "t10k-2000-images-idx3-ubyte.gz",
          "t10k-2000-labels-idx1-ubyte.gz");

  @Test
  void theEmbeddedSetIsBalanced() throws IOException {
    Dataset data = new FashionMnist(FashionMnist.Images.EMBEDDED, "").open(Path.of("."));
    assertThat(data.name()).isEqualTo("fashion-mnist (embedded, 10000 + 2000)");
    assertThat(data.inputShape()).containsExactly(1L, 28L, 28L);
    assertThat(data.classNames()).hasSize(10).contains("ankle boot");
    assertThat(perClass(data.train())).containsOnly(1000).hasSize(10);
    assertThat(perClass(data.test())).containsOnly(200).hasSize(10);
  }

  @Test
  void theFirstImagesAreThoseOfTheFullSet(@TempDir Path base) throws IOException {
    assumeTrue(Files.isDirectory(DEBIAN), "skipped: dataset-fashion-mnist is not installed");
    Dataset embedded = new FashionMnist(FashionMnist.Images.EMBEDDED, "").open(base);
    Dataset full = new FashionMnist(FashionMnist.Images.FULL, "").open(base);
    assertThat(full.name()).isEqualTo("fashion-mnist (full, 60000 + 10000)");
    assertThat(full.fingerprint()).isNotEqualTo(embedded.fingerprint());
    int[] first = IntStream.range(0, 100).toArray();
    assertThat(embedded.train().inputs(first)).isEqualTo(full.train().inputs(first));
    assertThat(embedded.test().labels(first)).isEqualTo(full.test().labels(first));
  }

  @Test
  void regeneratingGivesTheEmbeddedImages(@TempDir Path target) throws IOException {
    assumeTrue(Files.isDirectory(DEBIAN), "skipped: dataset-fashion-mnist is not installed");
    FashionMnistSubset.write(DEBIAN, target);
    for (String file : FILES) {
      // Unpacked: another zlib may pack the same bytes in another way.
      assertThat(unpacked(Files.newInputStream(target.resolve(file))))
          .as(file)
          .isEqualTo(unpacked(FashionMnist.class.getResourceAsStream(file)));
    }
  }

  @Test
  void theEmbeddedImagesAreTheSharedOnes() throws IOException {
    for (String file : FILES) {
      assertThat(unpacked(FashionMnist.class.getResourceAsStream(file)))
          .as(file)
          .isEqualTo(unpacked(Files.newInputStream(Shared.path("data/fashion/" + file))));
    }
  }

  @Test
  void theLicenceIsBesideTheImages() throws IOException {
    try (InputStream text = FashionMnist.class.getResourceAsStream("FASHION-MNIST-COPYRIGHT.txt")) {
      assertThat(new String(text.readAllBytes(), StandardCharsets.UTF_8))
          .contains("Zalando SE")
          .contains("Permission is hereby granted");
    }
  }

  @Test
  void aDirectoryIsReadFromTheExperimentsFolder(@TempDir Path base) throws IOException {
    Path folder = Files.createDirectory(base.resolve("images"));
    write(folder, "train", 2);
    write(folder, "t10k", 1);
    Dataset data = new FashionMnist(FashionMnist.Images.EMBEDDED, "images").open(base);
    assertThat(data.name()).isEqualTo("fashion-mnist (full, 2 + 1)");
    assertThat(data.test().name(0)).isEqualTo("test/0");
  }

  @Test
  void theDefaultReadsTheEmbeddedImagesThoughTheFullSetIsInstalled(@TempDir Path base)
      throws IOException {
    write(base, "train", 2);
    write(base, "t10k", 1);
    assertThat(new FashionMnist().open(base, List.of(base)).name())
        .isEqualTo("fashion-mnist (embedded, 10000 + 2000)");
  }

  @Test
  void theFullSetIsASettingAndTakenFromTheFirstPlaceThatHasIt(@TempDir Path base)
      throws IOException {
    write(base, "train", 2);
    write(base, "t10k", 1);
    FashionMnist full = new FashionMnist(FashionMnist.Images.FULL, "");
    assertThat(full.open(base, List.of(base.resolve("absent"), base)).name())
        .isEqualTo("fashion-mnist (full, 2 + 1)");
  }

  @Test
  void aMissingFileIsNamed(@TempDir Path base) {
    assertThatThrownBy(() -> new FashionMnist(FashionMnist.Images.FULL, ".").open(base))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("train-images-idx3-ubyte.gz");
  }

  @Test
  void withoutThePackageTheFullSetSaysHowToGetIt(@TempDir Path base) {
    FashionMnist full = new FashionMnist(FashionMnist.Images.FULL, "");
    assertThatThrownBy(() -> full.open(base, List.of(base.resolve("absent"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("apt install dataset-fashion-mnist")
        .hasMessageContaining("dataset.directory");
  }

  private static void write(Path folder, String name, int n) throws IOException {
    Files.write(
        folder.resolve(name + "-images-idx3-ubyte.gz"),
        IdxTest.gzip(IdxTest.idx(0x803, new int[] {n, 2, 2}, new int[4 * n])));
    Files.write(
        folder.resolve(name + "-labels-idx1-ubyte"), IdxTest.idx(0x801, new int[] {n}, new int[n]));
  }

  private static int[] perClass(Split split) {
    int[] counts = new int[10];
    Arrays.stream(split.labels(IntStream.range(0, split.size()).toArray()))
        .forEach(label -> counts[label]++);
    return counts;
  }

  private static byte[] unpacked(InputStream file) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(file)) {
      return in.readAllBytes();
    }
  }
}
