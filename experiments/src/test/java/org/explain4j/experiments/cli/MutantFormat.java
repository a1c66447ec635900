package org.explain4j.experiments.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.explain4j.api.Dataset;
import org.explain4j.api.Split;
import org.explain4j.experiments.configuration.ExperimentFile;
import org.explain4j.experiments.configuration.Extensions;
import org.explain4j.models.files.FileModel;
import org.explain4j.network.Network;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The kinds of files that people give to the program: a good one of each, how copies of it are
 * damaged, and what reads them.
 */
@SuppressWarnings("ImmutableEnumChecker") // the list is List.of
enum MutantFormat {
  ONNX(
      Damages.PLAIN,
      "",
      "network.onnx",
      "../shared/data/nets_synthetic/mixed_ops.onnx",
      "../shared/data/nets_synthetic/resnet_tiny_bn.onnx"),
  KERAS_H5(
      Damages.PLAIN,
      "",
      "network.h5",
      "older.h5",
      "../shared/cases/keras/nested.h5",
      "../shared/data/nets/convnetjs_cifar10.h5"),
  KERAS(Damages.ZIP, "", "network.keras"),
  DL4J(Damages.ZIP, "", "network.zip"),
  NPY(
      Damages.PLAIN,
      "{npy: {inputs: inputs.npy, labels: labels.npy, test-share: 0.5}}",
      "inputs.npy",
      "labels.npy"),
  NPZ(
      Damages.ZIP,
      "{npy: {inputs: 'data.npz:x', labels: 'data.npz:y', test-share: 0.5}}",
      "data.npz"),
  IDX(
      Damages.PLAIN,
      "{mnist: {directory: .}}",
      "train-images-idx3-ubyte",
      "train-labels-idx1-ubyte",
      "t10k-images-idx3-ubyte",
      "t10k-labels-idx1-ubyte"),
  CIFAR_TAR(Damages.GZIP, "{cifar10: {path: cifar-10-binary.tar.gz}}", "cifar-10-binary.tar.gz"),
  CIFAR_RECORDS(Damages.PLAIN, "{cifar10: {path: records.bin, test-share: 0.5}}", "records.bin"),
  JPEG(Damages.PLAIN, images(), "photo.jpg"),
  PNG(Damages.PNG, images(), "photo.png"),
  GIF(Damages.PLAIN, images(), "photo.gif"),
  YAML(Damages.TEXT, "", "experiment.yaml");

  private static final String EXPERIMENT =
      """
      name: mutant
      dataset: %s
      model: train
      splits: {a: 2, b: 0, c: 2}
      explainers: [gradient]
      explain: {images: 1}
      """;

  /** What is read of an image that nobody can hold; a network that nobody can run. */
  private static final int MOST_NUMBERS = 1 << 20;

  private static final Path CHECKOUT =
      Path.of(System.getProperty("explain4j.root", "..")).toAbsolutePath().normalize();

  private final Damages damages;
  private final String dataset;
  private final List<String> files;

  MutantFormat(Damages damages, String dataset, String... files) {
    this.damages = damages;
    this.dataset = dataset;
    this.files = List.of(files);
  }

  private static String images() {
    return "{image-folder: {path: images, resize: 0, crop: 0, test-share: 0.5}}";
  }

  private boolean isImage() {
    return dataset.equals(images());
  }

  private boolean isModel() {
    return dataset.isEmpty() && this != YAML;
  }

  /** Puts the good files into a folder, and a damaged one over one of them; returns its path. */
  Path mutant(Path folder, SplittableRandom random) throws IOException {
    List<String> there = files.stream().filter(MutantFormat::isThere).toList();
    for (String file : there) {
      Files.write(folder.resolve(name(file)), good(file));
    }
    Files.writeString(folder.resolve("read.yaml"), EXPERIMENT.formatted(dataset));
    String chosen = there.get(random.nextInt(there.size()));
    String file = name(chosen);
    byte[] damaged = damages.damage(good(chosen), random);
    if (isImage()) {
      for (String copy : List.of("ant/1", "ant/2", "bee/1", "bee/2")) {
        Path path = folder.resolve("images/" + copy + file.substring(file.indexOf('.')));
        Files.createDirectories(path.getParent());
        Files.write(path, damaged);
      }
      return folder.resolve("images/ant/1" + file.substring(file.indexOf('.')));
    }
    return Files.write(folder.resolve(file), damaged);
  }

  private static String name(String file) {
    return file.substring(file.lastIndexOf('/') + 1);
  }

  private static boolean isThere(String file) {
    return !file.startsWith("..") || Files.exists(CHECKOUT.resolve(file));
  }

  /** A file of this folder, or larger ones of other tools where there are some. */
  private static byte[] good(String file) throws IOException {
    if (file.startsWith("..")) {
      return Files.readAllBytes(CHECKOUT.resolve(file));
    }
    try (InputStream in = MutantFormat.class.getResourceAsStream("mutants/" + file)) {
      return in.readAllBytes();
    }
  }

  /** The command that reads it. */
  List<String> command(Path mutant) {
    if (this == YAML) {
      return List.of("validate", "--no-plan", mutant.toString());
    }
    if (this == DL4J) { // whose first layer is a convolution, which leaves the input's size open
      return List.of("inspect", "--no-methods", "--input-shape", "2,6,6", mutant.toString());
    }
    return isModel()
        ? List.of("inspect", "--no-methods", mutant.toString())
        : List.of("validate", experiment(mutant).toString());
  }

  private Path experiment(Path mutant) {
    return isImage()
        ? mutant.resolveSibling("../../read.yaml").normalize()
        : mutant.resolveSibling("read.yaml");
  }

  /**
   * What a run would do with a file that was read: its network computes, its images are asked for.
   */
  void use(Path mutant) throws IOException {
    if (isModel()) {
      List<Long> shape = this == DL4J ? List.of(2L, 6L, 6L) : List.of();
      compute(
          new FileModel(mutant, "auto", shape, Optional.empty(), List.of(), "")
              .read(mutant)
              .network());
    } else if (this != YAML) {
      Path experiment = experiment(mutant);
      Dataset data =
          ExperimentFile.read(
                  experiment, List.of(), Extensions.of(MutantFormat.class.getClassLoader()))
              .dataset()
              .orElseThrow()
              .open(experiment.getParent());
      ask(data.train(), data);
      ask(data.test(), data);
    }
  }

  private static void compute(Network network) {
    long numbers = network.inputShape().stream().reduce(1L, (a, b) -> a * b);
    if (numbers < MOST_NUMBERS) {
      long[] shape =
          LongStream.concat(
                  LongStream.of(1), network.inputShape().stream().mapToLong(Long::longValue))
              .toArray();
      network.logits(Nd4j.ones(DataType.FLOAT, shape)).close();
    }
  }

  private static void ask(Split split, Dataset data) {
    long numbers = data.inputShape().stream().reduce((long) split.size(), (a, b) -> a * b);
    if (numbers < MOST_NUMBERS) {
      int[] all = IntStream.range(0, split.size()).toArray();
      split.inputs(all).close();
      split.labels(all);
    }
  }
}
