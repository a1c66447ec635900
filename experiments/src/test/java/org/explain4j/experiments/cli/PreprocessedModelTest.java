package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * A model file whose preprocessing stands in the experiment file, on photographs in a folder: from
 * PNG to the class and its probability, against logits that other tools computed.
 */
final class PreprocessedModelTest {
  @TempDir private Path folder;

  /**
   * Writes the pixels that a network's input was made of, inside a frame of another colour.
   *
   * @param input {@code [n,c,h,w]}, preprocessed
   */
  private void photographs(
      INDArray input, double[] mean, double[] deviation, boolean bgr, int frame)
      throws IOException {
    int size = (int) input.size(2);
    List<String> table = new ArrayList<>(List.of("file,class_index,part"));
    for (int n = 0; n < input.size(0); n++) {
      BufferedImage image =
          new BufferedImage(size + 2 * frame, size + 2 * frame + 6, BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < image.getHeight(); y++) {
        for (int x = 0; x < image.getWidth(); x++) {
          image.setRGB(x, y, 0x3f9f1f);
        }
      }
      for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
          int rgb = 0;
          for (int c = 0; c < 3; c++) {
            int channel = bgr ? 2 - c : c;
            double value = input.getDouble(n, channel, y, x) * deviation[channel] + mean[channel];
            assertThat(value).as("a byte").isCloseTo(Math.rint(value), Offset.offset(0.01));
            rgb = rgb << 8 | (int) Math.rint(value);
          }
          image.setRGB(x + frame, y + frame + 3, rgb);
        }
      }
      ImageIO.write(image, "png", folder.resolve("train" + n + ".png").toFile());
      ImageIO.write(image, "png", folder.resolve("test" + n + ".png").toFile());
      table.add("train%d.png,%d,train".formatted(n, n));
      table.add("test%d.png,%d,test".formatted(n, n));
    }
    Files.write(folder.resolve("labels.csv"), table);
  }

  private void run(String model, String preprocessing, int frame, int images) throws Exception {
    Map<String, INDArray> forward = Shared.npz(model + ".forward.npz");
    int size = (int) forward.get("input").size(2);
    Path file =
        Files.writeString(
            folder.resolve("x.yaml"),
            """
            name: x
            dataset: {image-folder: {path: ., resize: %d, crop: %d}}
            model: {file: {path: '%s', preprocessing: %s}}
            splits: {a: 2, b: 2, c: %d}
            explain: {images: %d, reference: 1}
            explainers: [gradient]
            """
                .formatted(
                    size + 2 * frame,
                    size,
                    Shared.path(model + ".onnx"),
                    preprocessing,
                    images,
                    images));
    Command run = Command.run(folder, "run", file.toString(), "--out", "out");
    assertThat(run.exitCode()).as(run.errors() + run.output()).isZero();
    INDArray expected = Transforms.softmax(forward.get("logits"), true);
    List<String> rows = Files.readAllLines(folder.resolve("out/images.csv"));
    assertThat(rows).hasSize(images + 1);
    List<String> header = List.of(rows.get(0).split(",", -1));
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split(",", -1);
      int n = Integer.parseInt(cells[header.indexOf("name")].replaceAll("\\D", ""));
      INDArray probabilities = expected.getRow(n);
      assertThat(cells[header.indexOf("predicted")])
          .isEqualTo(Integer.toString(probabilities.argMax().getInt(0)));
      assertThat(Double.parseDouble(cells[header.indexOf("confidence")]))
          .isCloseTo(probabilities.maxNumber().doubleValue(), Offset.offset(1e-4));
    }
    assertThat(folder.resolve("out/effective.yaml"))
        .content()
        .contains("preprocessing:", "mean:", "bgr:");
  }

  @Test
  void redFirstStandardisedAsTorchvisionDoes() throws Exception {
    String model = "data/nets/captum_cifar10_toynet";
    double[] half = {127.5, 127.5, 127.5};
    photographs(Shared.npz(model + ".forward.npz").get("input"), half, half, false, 4);
    run(model, "{mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5]}", 4, 8);
  }

  @Test
  void blueFirstMinusTheMeanPixelAsCaffeDoes() throws Exception {
    String model = "data/nets/squeezenet_v1.1_imagenet";
    double[] mean = {104, 117, 123};
    photographs(
        Shared.npz(model + ".forward.npz").get("input"), mean, new double[] {1, 1, 1}, true, 14);
    run(model, "{scale: 255, mean: [104, 117, 123], bgr: true}", 14, 4);
  }

  @Test
  void aMeanForTheWrongNumberOfChannelsIsAnErrorWithTheNumbers() throws Exception {
    String model = "data/nets/captum_cifar10_toynet";
    double[] half = {127.5, 127.5, 127.5};
    photographs(Shared.npz(model + ".forward.npz").get("input"), half, half, false, 4);
    Path file =
        Files.writeString(
            folder.resolve("x.yaml"),
            """
            dataset: {image-folder: {path: ., resize: 40, crop: 32}}
            model: {file: {path: '%s', preprocessing: {mean: [0.5, 0.5], deviaton: [1]}}}
            splits: {a: 2, b: 2, c: 2}
            explain: {images: 2, reference: 1}
            explainers: [gradient]
            """
                .formatted(Shared.path(model + ".onnx")));
    Command validate = Command.run(folder, "validate", file.toString());
    assertThat(validate.exitCode()).isEqualTo(Main.CONFIGURATION);
    assertThat(validate.errors()).contains("deviaton", "Did you mean 'deviation'?");
    Files.writeString(file, Files.readString(file).replace(", deviaton: [1]", ""));
    Command run = Command.run(folder, "run", file.toString(), "--out", "out");
    assertThat(run.exitCode()).isEqualTo(Main.CONFIGURATION);
    assertThat(run.errors()).contains("2 means [0.5, 0.5]", "3 channels");
  }
}
