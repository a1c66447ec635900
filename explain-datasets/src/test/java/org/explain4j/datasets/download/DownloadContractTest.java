package org.explain4j.datasets.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import org.explain4j.api.Catalog;
import org.explain4j.api.Download;
import org.explain4j.api.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DownloadContractTest {

  static Collection<Download> downloads() {
    return Catalog.of(Download.class).providers().values();
  }

  @Test
  void theFourAreThere() {
    assertThat(Catalog.of(Download.class).ids())
        .contains("mnist", "fashion-mnist", "cifar10", "keras-vgg16");
  }

  @ParameterizedTest
  @MethodSource("downloads")
  void everyFileHasASumAndAPlace(Download download) {
    assertThat(((Published) download).files())
        .isNotEmpty()
        .allSatisfy(
            file -> {
              assertThat(file.checksum())
                  .matches(file.algorithm().equals("MD5") ? "[0-9a-f]{32}" : "[0-9a-f]{64}");
              assertThat(file.size()).isPositive();
              assertThat(file.sources())
                  .isNotEmpty()
                  .allMatch(source -> source.getPath().endsWith("/" + file.name()));
            });
  }

  @ParameterizedTest
  @MethodSource("downloads")
  void offlineTheFirstMissingFileIsNamed(Download download, @TempDir Path empty) {
    Download.Request offline =
        Download.Request.of("any", Progress.silent()).withFolder(empty).withoutNetwork();
    assertThatThrownBy(() -> download.fetch(offline))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(((Published) download).files().get(0).name())
        .hasMessageContaining("Maybe");
  }

  @Test
  void theUsualFolderIsThatOfTheProperty() {
    String before = System.getProperty("explain4j.data");
    System.setProperty("explain4j.data", "somewhere");
    try {
      assertThat(Download.folder("mnist")).isEqualTo(Path.of("somewhere", "mnist"));
    } finally {
      if (before == null) {
        System.clearProperty("explain4j.data");
      } else {
        System.setProperty("explain4j.data", before);
      }
    }
  }
}
