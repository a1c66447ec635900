package org.explain4j.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.explain4j.network.onednn.OneDnn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrecisionTest {
  private static final String GRADIENT = "attributions/gradient.npy";

  private static final String EXPERIMENT =
      """
      name: precision
      dataset: fashion-mnist
      model: pretrained
      splits: {a: 20, b: 20, c: 20}
      explain: {images: 4}
      explainers: [gradient]
      """;

  @TempDir private Path folder;

  private Path run(String precision) throws IOException {
    Path file = Files.writeString(folder.resolve("precision.yaml"), EXPERIMENT);
    Path out = folder.resolve(precision);
    Experiments.run(file, out, List.of("precision=" + precision));
    return out;
  }

  private static String noted(Path run) throws IOException {
    return new ObjectMapper()
        .readTree(run.resolve("environment.json").toFile())
        .get("precision")
        .asText();
  }

  @Test
  void convolutionsAreComputedAsTheExperimentSays() throws IOException {
    Path exact = run("exact");
    Path fast = run("fast");
    assertThat(noted(exact)).isEqualTo("exact");
    assertThat(noted(fast)).isEqualTo("fast");
    assertThat(predictions(fast)).isEqualTo(predictions(exact));
    byte[] attributions = Files.readAllBytes(exact.resolve(GRADIENT));
    if (OneDnn.hasAvx512()) { // elsewhere there is no other way to compute them
      assertThat(Files.readAllBytes(fast.resolve(GRADIENT))).isNotEqualTo(attributions);
    }
  }

  private static List<String> predictions(Path run) throws IOException {
    return Files.readAllLines(run.resolve("images.csv")).stream()
        .map(line -> line.substring(0, line.lastIndexOf(',')))
        .toList();
  }
}
