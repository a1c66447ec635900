package org.explain4j.experiments.stages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.explain4j.experiments.Experiments;
import org.explain4j.reports.runs.RunDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TwoMetricsTest {
  private static final String RUN =
      """
      name: two-metrics
      dataset: {ground-truth: {kind: linear, background: white, side: 8, train: 60, test: 24}}
      model: {train: {channels: [], hidden: 8, epochs: 1, batch: 20, learning-rate: 0.1}}
      splits: {a: 2, b: 0, c: 12}
      explain: {images: 5}
      explainers: [gradient, deconvnet, guided-backprop, gradient-x-input]
      metrics: [brightness, {brightness: {}, label: again}, pointing-game]
      report: {figures: false}
      batch: 5
      """;

  @Test
  void eachMetricComparesItsOwnScoresAndMasksLieBesideTheImages(@TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("two.yaml"), RUN);
    RunDirectory run = Experiments.run(file, folder.resolve("out"));
    assertThat(run.failures()).isEmpty();
    List<String> pairs =
        run.comparisons().stream()
            .map(row -> row.metric() + ": " + row.explainerA() + ", " + row.explainerB())
            .toList();
    assertThat(pairs).doesNotHaveDuplicates();
    for (String metric : new String[] {"brightness", "again", "pointing-game"}) {
      assertThat(pairs)
          .contains(
              metric + ": deconvnet, guided-backprop",
              metric + ": gradient, (baseline)",
              metric + ": gradient-x-input, (baseline)");
    }
    try (INDArray images = Nd4j.createFromNpyFile(run.path().resolve("images.npy").toFile());
        INDArray masks = Nd4j.createFromNpyFile(run.path().resolve("masks.npy").toFile())) {
      assertThat(masks.size(0)).isEqualTo(images.size(0)).isEqualTo(5);
      assertThat(masks.sumNumber().intValue()).isPositive();
    }
  }
}
