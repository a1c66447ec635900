package org.explain4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;
import org.explain4j.api.Catalog;
import org.explain4j.api.Dataset;
import org.explain4j.api.DatasetProvider;
import org.explain4j.api.Split;
import org.explain4j.datasets.cifar.Cifar10;
import org.explain4j.datasets.folder.ImageFolder;
import org.explain4j.datasets.idx.Mnist;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What every dataset keeps, with its default settings and no file at hand. */
final class DatasetContractTest {

  static Collection<DatasetProvider> providers() {
    return Catalog.of(DatasetProvider.class).providers().values();
  }

  @Test
  void theDatasetsAreInTheCatalog() {
    assertThat(Catalog.of(DatasetProvider.class).ids())
        .contains("cifar10", "fashion-mnist", "image-folder", "mnist", "npy");
  }

  @ParameterizedTest
  @MethodSource("providers")
  void idAndSummaryAreWellFormed(DatasetProvider provider) {
    assertThat(provider.id()).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    assertThat(provider.summary()).isNotBlank().doesNotContain("\n").hasSizeLessThan(120);
    assertThat(provider.getClass().isRecord()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("providers")
  void defaultsOpenOrSayWhatIsMissing(DatasetProvider provider, @TempDir Path empty) {
    Dataset data;
    try {
      data = provider.open(empty);
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("Maybe");
      return;
    }
    keepsTheContract(data);
  }

  @Test
  void realFilesKeepTheContract() throws IOException {
    String mnist = Shared.path("data/mnist").toString();
    String records = Shared.path("data/cifar10/cifar10_train_lossless_4000.bin.gz").toString();
    String photographs = Shared.path("data/imagenet_half.zip").toString();
    for (DatasetProvider provider :
        List.of(
            new Mnist(mnist),
            new Cifar10(records, 0.1, 1),
            new ImageFolder(photographs, "", "", 64, 56, 3, 0, 0.2, 1))) {
      Dataset data = provider.open(Path.of("."));
      assertThat(data.train().size()).as(provider.id()).isGreaterThan(data.test().size());
      assertThat(data.test().size()).as(provider.id()).isPositive();
      keepsTheContract(data);
    }
  }

  /** Shape, type, range, names and independence of the batch. */
  static void keepsTheContract(Dataset data) {
    assertThat(data.fingerprint()).matches("[0-9a-f]{64}");
    assertThat(data.name()).isNotBlank();
    keepsTheContract(data, data.train());
    keepsTheContract(data, data.test());
  }

  private static void keepsTheContract(Dataset data, Split split) {
    if (split.size() == 0) {
      return;
    }
    int last = split.size() - 1;
    INDArray batch = split.inputs(last, 0, last);
    long[] shape =
        LongStream.concat(LongStream.of(3), data.inputShape().stream().mapToLong(Long::longValue))
            .toArray();
    assertThat(batch.shape()).isEqualTo(shape);
    assertThat(batch.dataType()).isEqualTo(DataType.FLOAT);
    assertThat(batch.ordering()).isEqualTo('c');
    assertThat(batch.minNumber().floatValue()).isNotNegative();
    assertThat(batch.maxNumber().floatValue()).isBetween(Float.MIN_VALUE, 1f);
    assertThat(batch.slice(0)).isEqualTo(split.inputs(last).slice(0)).isEqualTo(batch.slice(2));
    assertThat(split.labels(last, 0)[0]).isBetween(0, data.classNames().size() - 1);
    assertThat(split.name(0)).isNotEqualTo(last == 0 ? "" : split.name(last));
  }
}
