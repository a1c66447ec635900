package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.explain4j.network.numpy.NumpyArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What a reader of the results must know is said in the terminal, the table and the report. */
final class WarningsTest {
  private static final int IMAGES = 300;

  @TempDir private Path folder;

  /** Images {@code [n,1,6,6]}, each the one whose number the function gives. */
  private Command run(int different, double level, String more, String... options)
      throws IOException {
    INDArray images = Nd4j.zeros(DataType.FLOAT, IMAGES, 1, 6, 6);
    INDArray labels = Nd4j.zeros(DataType.INT32, IMAGES);
    for (int i = 0; i < IMAGES; i++) {
      images.slice(i).assign(level * (1 + i % different) / different);
      images.putScalar(new int[] {i, 0, i % different % 6, i % different / 6 % 6}, level);
      labels.putScalar(i, i % 2);
    }
    NumpyArchive.write(folder.resolve("data.npz"), Map.of("x", images, "y", labels));
    Path file =
        Files.writeString(
            folder.resolve("some.yaml"),
            """
            name: some
            dataset: {npy: {inputs: 'data.npz:x', labels: 'data.npz:y'}}
            model: tiny-network
            splits: {a: 150, b: 50, c: 50}
            explain: {images: 40}
            %s
            """
                .formatted(more));
    String[] arguments = new String[options.length + 4];
    arguments[0] = "run";
    arguments[1] = file.toString();
    arguments[2] = "--out";
    arguments[3] = folder.resolve("out").toString();
    System.arraycopy(options, 0, arguments, 4, options.length);
    return Command.here(arguments);
  }

  private void assertSaid(Command run, String text) throws IOException {
    assertThat(run.output()).contains("warning: ").contains(text);
    assertThat(folder.resolve("out/warnings.csv")).content().contains(text);
    assertThat(folder.resolve("out/report/index.html")).content().contains(text);
  }

  @Test
  void copiesOfTwoImagesAreTooFewForPatterns() throws IOException {
    Command run = run(2, 1, "estimators: [linear]", "--strict");
    assertThat(run.exitCode()).as(run.errors()).isEqualTo(Main.WARNINGS);
    assertSaid(run, "Split A has only 2 different images.");
  }

  @Test
  void withoutPatternsAFewImagesWillDo() throws IOException {
    assertThat(run(2, 1, "explainers: [gradient]").output()).doesNotContain("different images");
  }

  @Test
  void aDenseLayerWithAsManyInputsAsImages() throws IOException {
    Command run = run(IMAGES, 1, "estimators: [linear]");
    assertSaid(run, "In dense a neuron has hardly fewer inputs than split A has samples");
    assertThat(run.output()).doesNotContain("different images");
  }

  @Test
  void neuronsThatNeverFire() throws IOException {
    Command run = run(120, 0, "explainers: [gradient]", "--strict");
    assertThat(run.exitCode()).as(run.errors()).isEqualTo(Main.WARNINGS);
    assertSaid(run, "Some neurons are 0 for all of 150 images of split A, in relu (");
  }

  @Test
  void workThatFailed() throws IOException {
    Command run = run(120, 1, "explainers: [gradient, {broken: {}}]");
    assertThat(run.exitCode()).isEqualTo(Main.FAILED_CELLS);
    assertSaid(run, "1 part of the work failed, whose results are missing");
  }
}
