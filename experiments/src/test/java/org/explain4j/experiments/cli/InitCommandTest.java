package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.explain4j.network.numpy.NumpyArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

final class InitCommandTest {
  private static final Path SHIPPED =
      Path.of(
          "../explain-models/src/main/resources/org/explain4j/models/pretrained/fashion-small-vgg.onnx");
  private static final Path OWN =
      Path.of("src/test/resources/org/explain4j/experiments/cli/mutants");

  @TempDir private Path folder;

  private static String text(Command init, Path file) throws IOException {
    assertThat(init.exitCode()).as(init.errors()).isZero();
    return Files.readString(file);
  }

  /** Runs the file as it is, but with few examples and methods. */
  private JsonNode run(Path file, int patch) throws IOException {
    Command run =
        Command.here(
            "run",
            file.toString(),
            "--json",
            "--quiet",
            "--out",
            folder.resolve("run").toString(),
            "--set",
            "splits={a: 120, b: 40, c: 200, patches-per-image: 4}",
            "--set",
            "explain.images=12",
            "--set",
            "estimators=[filter, linear]", // not those of this module's tests
            "--set",
            "signal-quality.solvers=[closed-form]",
            "--set",
            "signal-quality.patches-per-image=4",
            "--set",
            "explainers=[gradient, guided-backprop, pattern-net, lrp-epsilon]",
            "--set",
            "metrics=[{degradation: {patch: %d, steps: 8}}]".formatted(patch),
            "--set",
            "report.images=2");
    assertThat(run.exitCode()).as(run.errors() + run.output()).isZero();
    return new ObjectMapper().readTree(run.output());
  }

  private static Path shared(String path) {
    Path file = Path.of(System.getProperty("explain4j.root", ".."), "..", "shared/data", path);
    assumeThat(file).as("%s is not there; the test is skipped", file).exists();
    return file;
  }

  /** Model, data, what the file must say, and the least accuracy. */
  @Tag("slow")
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tinyvgg_tinyimagenet10.h5 | tinyimagenet10/tinyimagenet10.zip | class-names: | 0.6",
        "kerasjs_mnist_cnn.h5 | mnist | mnist: {directory | 0.97",
        "convnetjs_cifar10.h5 | cifar10/cifar10_jpeg_20k_train_5k_test.zip | mean: [0.5 | 0.65",
        "captum_cifar10_toynet.onnx | cifar10/cifar10_train_lossless_4000.bin.gz | imagenet-tf |"
            + " 0.6",
        "simpnet_cifar10_300K_93.25.onnx | cifar10/cifar10_train_lossless_4000.bin.gz | deviation:"
            + " [0.2 | 0.98"
      })
  void aNetworkAndItsDataReachARightReport(String model, String data, String said, double accuracy)
      throws IOException {
    Path file = folder.resolve("some.yaml");
    Command init =
        Command.here(
            "init",
            shared("nets/" + model).toString(),
            shared(data).toString(),
            "-o",
            file.toString());
    assertThat(text(init, file)).contains(said);
    assertThat(init.output()).contains("found: The network is right on ", "plan: ");
    JsonNode run = run(file, 8);
    assertThat(run.path("accuracy").asDouble()).isGreaterThan(accuracy);
    assertThat(Path.of(run.path("report").asText())).exists();
  }

  /** Arrays {@code x [n,c,h,w]} and {@code y}, of a shape that the networks here take. */
  private Path arrays(long... shape) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    INDArray x = Nd4j.zeros(DataType.FLOAT, shape);
    for (long i = 0; i < x.length(); i++) {
      x.putScalar(i, random.nextDouble());
    }
    INDArray y = Nd4j.zeros(DataType.INT32, shape[0]);
    for (int i = 0; i < shape[0]; i++) {
      y.putScalar(i, i % 2);
    }
    Path file = folder.resolve("data.npz");
    NumpyArchive.write(file, Map.of("x", x, "y", y));
    return file;
  }

  /** The DL4J file leaves height and width open: they are those of the data. */
  @ParameterizedTest
  @CsvSource({
    "network.h5, 1, 5, 6",
    "network.keras, 1, 5, 6",
    "network.onnx, 2, 6, 6",
    "network.zip, 2, 6, 6"
  })
  void everyFormatWithArrays(String model, long channels, long height, long width)
      throws IOException {
    Path data = arrays(1000, channels, height, width);
    Path file = folder.resolve("some.yaml");
    String text =
        text(
            Command.here(
                "init", OWN.resolve(model).toString(), data.toString(), "-o", file.toString()),
            file);
    assertThat(text)
        .contains("npy: {inputs: 'data.npz:x', labels: 'data.npz:y'", "# Not found out: ")
        .contains("no more often than by guessing");
    Command validate = Command.here("validate", file.toString());
    assertThat(validate.exitCode()).as(validate.errors()).isZero();
    if (model.equals("network.zip")) {
      assertThat(Path.of(run(file, 3).path("report").asText())).exists();
    }
  }

  private void picture(Path file, int side, int grey) throws IOException {
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < side * side; i++) {
      image.setRGB(i % side, i / side, 0x010101 * ((grey + 7 * i) % 256));
    }
    ImageIO.write(image, "png", file.toFile());
  }

  @Test
  void aFolderOfImagesWithoutLabelsGetsPredictions() throws IOException {
    for (int i = 0; i < 40; i++) {
      picture(folder.resolve("photos/p%d, \"q\".png".formatted(i)), 28, 5 * i);
    }
    Path file = folder.resolve("some.yaml");
    Command init =
        Command.here(
            "init", SHIPPED.toString(), folder.resolve("photos").toString(), "-o", file.toString());
    assertThat(text(init, file))
        .contains("labels: some-labels.csv", "path: photos")
        .contains("# Not found out: The images have no labels");
    assertThat(folder.resolve("some-labels.csv")).content().startsWith("file,class_index,");
    Command validate = Command.here("validate", file.toString());
    assertThat(validate.exitCode()).as(validate.errors()).isZero();
    assertThat(validate.output()).contains("an accuracy says nothing");
  }

  @Test
  void aFileThatExistsIsNotReplaced() throws IOException {
    Path file = Files.writeString(folder.resolve("some.yaml"), "mine");
    Command init =
        Command.here(
            "init", OWN.resolve("network.onnx").toString(), "mnist", "-o", file.toString());
    assertThat(init.exitCode()).isEqualTo(Main.CONFIGURATION);
    assertThat(init.errors()).contains("exists already", "Maybe choose another name");
    assertThat(file).content().isEqualTo("mine");
  }

  @Test
  void dataThatNobodyKnows() throws IOException {
    Path odd = Files.writeString(folder.resolve("odd.txt"), "text");
    String model = OWN.resolve("network.onnx").toString();
    String out = folder.resolve("x.yaml").toString();
    assertThat(Command.here("init", model, odd.toString(), "-o", out).errors())
        .contains("odd.txt holds no data that a dataset can read", "Maybe give a folder");
    assertThat(Command.here("init", model, "mnits", "-o", out).errors())
        .contains("There is no such file or folder", "Did you mean 'mnist'?");
    assertThat(folder.resolve("x.yaml")).doesNotExist();
  }
}
