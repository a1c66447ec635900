package org.explain4j.network.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.explain4j.network.arrays.Batches;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SharedTest {
  private static final String ENDING = ".npy.gz";
  private static final long MOST_BYTES = 3_000_000;

  private static Path resources() {
    URI readme =
        URI.create(
            Objects.requireNonNull(SharedTest.class.getResource("/golden/README.md")).toString());
    return Path.of(readme).getParent();
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(resources())) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void theResourcesStaySmallAndHaveTheirLicenceBesideThem() throws IOException {
    long bytes = 0;
    for (Path file : files()) {
      bytes += Files.size(file);
    }
    assertThat(bytes).isLessThan(MOST_BYTES);
    assertThat(resources().resolve("FASHION-MNIST-COPYRIGHT.txt"))
        .content()
        .contains("Zalando SE", "Permission is hereby granted");
  }

  @Test
  void theResourcesAreTheFirstRowsOfTheWholeFiles() throws IOException {
    Path golden = Shared.path("golden");
    int compared = 0;
    for (Path file : files()) {
      String name = resources().relativize(file).toString().replace('\\', '/');
      Path whole = golden.resolve(name.replace(ENDING, ".npy"));
      if (name.endsWith(ENDING) && Files.exists(whole)) {
        INDArray part =
            Nd4j.createNpyFromByteArray(Shared.part("golden/" + name.replace(ENDING, "")));
        INDArray all = Nd4j.createNpyFromByteArray(Files.readAllBytes(whole)).dup('c');
        INDArray first = Batches.slice(all, 0, part.size(0));
        assertThat(Shared.distance(first.castTo(part.dataType()), part)).as(name).isLessThan(1e-9);
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(80);
  }
}
