package org.explain4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import org.explain4j.api.Dataset;
import org.explain4j.api.DatasetProvider;
import org.explain4j.datasets.cifar.Cifar10;
import org.explain4j.datasets.folder.ImageFolder;
import org.explain4j.datasets.folder.Orientation;
import org.explain4j.datasets.idx.Mnist;
import org.explain4j.network.testing.Shared;
import org.explain4j.testkit.DatasetContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Datasets with files as they are published. */
@ParameterizedClass
@ValueSource(strings = {"mnist", "cifar10", "image-folder"})
class RealFilesTest extends DatasetContract {
  @Parameter String id;

  @Override
  protected DatasetProvider create() {
    return switch (id) {
      case "mnist" -> new Mnist(file("mnist"));
      case "cifar10" -> new Cifar10(file("cifar10/cifar10_train_lossless_4000.bin.gz"), 0.1, 1);
      default ->
          new ImageFolder(
              file("imagenet_half.zip"), "", 0, "", "", Orientation.STORED, 64, 56, 3, 0, 0.2, 1);
    };
  }

  private static String file(String name) {
    return Shared.path("data/" + name).toString();
  }

  @Test
  void mostExamplesAreInTheTrainSplit() {
    Dataset data = open();
    assertThat(data.train().size()).isGreaterThan(data.test().size());
    assertThat(data.test().size()).isPositive();
  }
}
