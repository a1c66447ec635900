package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folders of images as people had them ({@code ../shared/cases/images}), at {@code validate}. */
final class ImageCasesTest {
  @TempDir private Path folder;
  private Path cases;

  @BeforeEach
  void find() {
    cases = Shared.path("cases/images");
  }

  private Command validate(Path images, String network, String splits, String more)
      throws IOException {
    String experiment =
        """
        dataset: {image-folder: {path: '%s', resize: 0, crop: 0, test-share: 0.5%s}}
        model: {file: {path: '%s'}}
        splits: %s
        explainers: [gradient]
        explain: {images: 1}
        """
            .formatted(images, more, cases.resolve(network), splits);
    Files.writeString(folder.resolve("img.yaml"), experiment);
    return Command.here("validate", folder.resolve("img.yaml").toString());
  }

  private Command validate(String images, String network, String splits) throws IOException {
    return validate(cases.resolve(images), network, splits, "");
  }

  /** A copy that may be altered. */
  private Path copy(String name) throws IOException {
    Path from = cases.resolve(name);
    Path to = folder.resolve(name);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
    return to;
  }

  private static void assertFits(Command validate, String... words) {
    assertThat(validate.exitCode()).as(validate.errors()).isZero();
    for (String word : words) {
      assertThat(validate.output()).contains(word);
    }
  }

  private static void assertRefused(Command validate, String... words) {
    assertThat(validate.exitCode()).as(validate.output()).isEqualTo(Main.CONFIGURATION);
    assertThat(validate.errors()).contains(words);
  }

  @Test
  void anEmptyClassFolderKeepsItsOutput() throws IOException {
    Path empty = copy("empty");
    Files.createDirectories(empty.resolve("bee"));
    assertFits(
        validate(empty, "net3.onnx", "{a: 2, b: 0, c: 2}", ""),
        "1 class folders have no images, but keep their numbers: bee");
    Files.delete(empty.resolve("bee"));
    assertRefused(
        validate(empty, "net3.onnx", "{a: 2, b: 0, c: 2}", ""),
        "img.yaml:1:",
        "dataset.image-folder.classes: The data have 2 classes (ant, cat)",
        "3 outputs");
  }

  @Test
  void aClassFolderThatIsALinkIsAClass() throws IOException {
    Path linked = copy("empty");
    Files.move(linked.resolve("cat"), folder.resolve("elsewhere"));
    Files.createSymbolicLink(linked.resolve("dog"), folder.resolve("elsewhere"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), linked);
    assertFits(validate(link, "net2.onnx", "{a: 4, b: 0, c: 8}", ""));
  }

  @Test
  void labelsFromOneOnAreRefusedWithTheSetting() throws IOException {
    assertRefused(
        validate("onebased", "net3.onnx", "{a: 2, b: 0, c: 2}"),
        "img.yaml:1:",
        "first-label: Labels go from 1 to 3, but the network's 3 outputs",
        "Maybe set dataset.image-folder.first-label to 1.");
    assertFits(
        validate(cases.resolve("onebased"), "net3.onnx", "{a: 2, b: 0, c: 2}", ", first-label: 1"));
    assertFits(
        validate("onebased", "net8.onnx", "{a: 2, b: 0, c: 2}"),
        "3 of the network's 8 classes occur: 1, 2, 3.");
  }

  @Test
  void eightOutputsForTwoClassesAndEightClassesForThreeOutputsAreRefused() throws IOException {
    assertRefused(
        validate("empty", "net8.onnx", "{a: 2, b: 0, c: 2}"), "2 classes (ant, cat)", "8 outputs");
    Path many = copy("empty");
    for (String name : List.of("bee", "dog", "eel", "fox", "gnu", "hen", "ibis")) {
      Files.createDirectories(many.resolve(name));
    }
    assertRefused(
        validate(many, "net3.onnx", "{a: 2, b: 0, c: 2}", ""), "9 classes (ant, bee", "3 outputs");
  }

  @Test
  void aSubsetIsStatedByAListOfTheNetworksClasses() throws IOException {
    Files.writeString(folder.resolve("eight.txt"), "ant\nb\ncat\nd\ne\nf\ng\nh\n");
    assertFits(
        validate(
            cases.resolve("empty"), "net8.onnx", "{a: 2, b: 0, c: 2}", ", classes: eight.txt"));
  }

  @ParameterizedTest
  @CsvSource({"Train,Test", "training,testing", "seg_train,seg_test", "TRAIN,Valid"})
  void splitsAreKnownByTheirNames(String train, String test) throws IOException {
    Path caps = copy("caps");
    Files.move(caps.resolve("Train"), caps.resolve("x"));
    Files.move(caps.resolve("Test"), caps.resolve("y"));
    Files.move(caps.resolve("x"), caps.resolve(train));
    Files.move(caps.resolve("y"), caps.resolve(test));
    assertFits(validate(caps, "net2.onnx", "{a: 4, b: 0, c: 4}", ""));
  }

  @Test
  void foldersAroundTheSplitsArePassedThrough() throws IOException {
    assertFits(
        validate("dbl", "net2.onnx", "{a: 4, b: 0, c: 4}"), "Images are taken from 'chest/chest'");
  }

  @Test
  void anArchiveMayHaveBackslashes() throws IOException {
    Path caps = cases.resolve("caps");
    Path archive = folder.resolve("caps.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive));
        Stream<Path> files = Files.walk(caps)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        zip.putNextEntry(new ZipEntry(caps.relativize(file).toString().replace('/', '\\')));
        zip.write(Files.readAllBytes(file));
        zip.closeEntry();
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    assertFits(validate(archive, "net2.onnx", "{a: 4, b: 0, c: 4}", ""));
  }

  @Test
  void classKeysMayHaveBlanksAndListsAByteOrderMark() throws IOException {
    assertFits(
        validate(
            cases.resolve("spaces"),
            "net2.onnx",
            "{a: 2, b: 0, c: 2}",
            ", classes: '" + cases.resolve("order.txt") + "'"));
    assertFits(
        validate(
            cases.resolve("synset"),
            "net2.onnx",
            "{a: 2, b: 0, c: 2}",
            ", classes: '" + cases.resolve("bom.txt") + "'"));
  }

  @Test
  void tablesOfOtherProgramsAreReadOrRefusedWithTheLine() throws IOException {
    Path table = copy("onebased");
    String right = Files.readString(table.resolve("labels.csv")).replace("\r", "");
    Files.writeString(table.resolve("labels.csv"), "\ufeff" + right);
    assertFits(validate(table, "net3.onnx", "{a: 2, b: 0, c: 2}", ", first-label: 1"));
    Files.writeString(
        table.resolve("labels.csv"), right.replaceAll("(?m)^(?=\\d)", "7,").replaceFirst("^", ","));
    assertFits(validate(table, "net3.onnx", "{a: 2, b: 0, c: 2}", ", first-label: 1"));
    Files.writeString(table.resolve("labels.csv"), right + "0.png,3\n");
    assertThat(validate(table, "net3.onnx", "{a: 2, b: 0, c: 2}", ", first-label: 1").errors())
        .contains("labels.csv, line 14: '0.png' has another class or part than on line 2");
    Files.write(
        table.resolve("labels.csv"),
        right.replace("3.png", "\u00e9.png").getBytes(StandardCharsets.ISO_8859_1));
    assertThat(validate(table, "net3.onnx", "{a: 2, b: 0, c: 2}", ", first-label: 1").errors())
        .contains("labels.csv, line 5: the byte 0xE9 is not UTF-8");
  }

  @Test
  void whatDataAndFileSayIsReportedTogether() throws IOException {
    Path file = folder.resolve("img.yaml");
    Files.writeString(
        file,
        """
        dataset: {image-folder: {path: '%s', resize: 0, crop: 0, test-share: 0.5}}
        model: {file: {path: '%s', class-names: [one]}}
        splits: {a: 2, b: 0, c: 2}
        explainers: [gradiant]
        explain: {images: 1, target-class: 9}
        """
            .formatted(cases.resolve("onebased"), cases.resolve("net3.onnx")));
    Command validate = Command.here("validate", file.toString());
    assertThat(validate.exitCode()).isEqualTo(Main.CONFIGURATION);
    assertThat(validate.errors())
        .contains(
            "img.yaml:4:14: explainers[0]: unknown explainer 'gradiant'",
            "img.yaml:2:",
            "model.file.class-names: There are names for 1 classes (one), but the network has 3",
            "img.yaml:1:",
            "img.yaml:5:36: explain.target-class: There is no class 9",
            "4 problems.");
  }

  @Test
  void preprocessingIsANameAndShown() throws IOException {
    Path file = folder.resolve("img.yaml");
    Files.writeString(
        file,
        """
        dataset: {image-folder: {path: '%s', resize: 0, crop: 0, test-share: 0.5}}
        model: {file: {path: '%s', preprocessing: keras:vgg16}}
        splits: {a: 2, b: 0, c: 2}
        explainers: [gradient]
        explain: {images: 1}
        """
            .formatted(cases.resolve("caps"), cases.resolve("net2.onnx")));
    Command validate = Command.here("validate", file.toString());
    assertThat(validate.exitCode()).as(validate.errors()).isZero();
    assertThat(validate.output())
        .contains("mean:", "bgr: true")
        .contains("note: Preprocessing: imagenet-caffe: (255 * pixel - [103.939");
    Files.writeString(file, Files.readString(file).replace("keras:vgg16", "keras:vgg61"));
    Command refused = Command.here("validate", file.toString());
    assertThat(refused.exitCode()).isEqualTo(Main.CONFIGURATION);
    assertThat(refused.errors())
        .contains("img.yaml:2:", "model.file.preprocessing", "Did you mean 'keras:vgg16'?");
  }
}
