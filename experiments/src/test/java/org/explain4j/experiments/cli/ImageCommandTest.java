package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageCommandTest {
  @TempDir Path dir;
  private Path photo;

  @BeforeEach
  void aPicture() throws IOException {
    BufferedImage image = new BufferedImage(90, 60, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 900; i++) {
      image.setRGB(30 + i % 30, 15 + i / 30, 0xffeedd);
    }
    photo = dir.resolve("a <b> picture.png");
    ImageIO.write(image, "png", photo.toFile());
  }

  private String out(String name) {
    return dir.resolve(name).toString();
  }

  private List<String> files(String folder) throws IOException {
    try (Stream<Path> files = Files.list(dir.resolve(folder))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void withoutArgumentsItShowsSomething() throws IOException, InterruptedException {
    Command shown =
        Command.Child.PLAIN.with("EXPLAIN4J_CACHE", out("cache")).run(dir, "image", "-o", out("x"));
    assertThat(shown.exitCode()).isZero();
    assertThat(shown.output()).contains("ankle boot", "pattern-attribution", "index.html");
    assertThat(files("cache/moments")).hasSize(1);
    assertThat(files("x")).hasSize(22).contains("example.pattern-net.npy", "index.html");
  }

  @Test
  void onePictureAndOneMethodMakeTheFileThatWasAskedFor() throws IOException {
    Command made =
        Command.here("image", photo.toString(), "--method", "gradient", "-o", out("y/heat.png"));
    assertThat(made.exitCode()).isZero();
    assertThat(files("y")).containsExactly("heat.html", "heat.map.png", "heat.npy", "heat.png");
    BufferedImage heat = ImageIO.read(dir.resolve("y/heat.png").toFile());
    assertThat((double) heat.getWidth() / heat.getHeight()).isEqualTo(1.5);
    assertThat(Files.readString(dir.resolve("y/heat.html")))
        .contains("a &lt;b&gt; picture.png")
        .doesNotContain("<b>");
  }

  @Test
  void programsGetJson() throws IOException {
    Command made =
        Command.here(
            "image", dir.toString(), "--method=gradient", "--top=2", "--json", "-o", out("z"));
    JsonNode json = new ObjectMapper().readTree(made.output());
    JsonNode picture = json.get("pictures").get(0);
    assertThat(picture.get("width").asInt()).isEqualTo(90);
    assertThat(picture.get("seen")).extracting(JsonNode::asInt).containsExactly(15, 0, 60, 60);
    assertThat(picture.get("explained")).hasSize(2);
    String values =
        picture.get("explained").get(0).get("explanations").get(0).get("values").asText();
    assertThat(Path.of(values)).exists();
  }

  @Test
  void aMethodThatFailsEndsNothingElse() {
    Command made =
        Command.here(
            "image",
            photo.toString(),
            "--method=gradient",
            "--method={pattern-net: {estimator: identity}}",
            "-o",
            out("f"));
    assertThat(made.exitCode()).isEqualTo(1);
    assertThat(made.errors()).contains("pattern-net failed: The estimator 'identity'");
    assertThat(made.output()).contains("gradient.png");
  }

  @Test
  void aLayersMapIsDrawnOverThePicture() throws IOException {
    Command made =
        Command.here(
            "image",
            photo.toString(),
            "--method=lrp-epsilon-plus",
            "--layer=conv3",
            "-o",
            out("l"));
    assertThat(made.errors()).doesNotContain("failed");
    assertThat(made.exitCode()).isZero();
    assertThat(files("l")).hasSize(4);
    Command refused = Command.here("image", "--method=occlusion", "--layer=conv3", "-o", out("m"));
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.errors()).contains("not a single backward pass");
  }

  @Test
  void aReferenceOfTwoCopiesIsOnePictureAndIsSaid() throws IOException {
    Path folder = Files.createDirectory(dir.resolve("reference"));
    Files.copy(photo, folder.resolve("1.png"));
    Files.copy(photo, folder.resolve("2.png"));
    Command made =
        Command.here(
            "image",
            photo.toString(),
            "--method=gradient",
            "--reference=" + folder,
            "-o",
            out("r"));
    assertThat(made.output()).contains("warning: The reference has only 1 different pictures.");
  }

  @Test
  void oneMethodTwiceAndAPictureAsTheResultAreRefused() {
    Command twice = Command.here("image", "--method=gradient", "--method=gradient", "-o", out("t"));
    assertThat(twice.exitCode()).isEqualTo(2);
    assertThat(twice.errors()).contains("has the same label 'gradient'");
    Command over = Command.here("image", photo.toString(), "-o", photo.toString());
    assertThat(over.exitCode()).isEqualTo(2);
    assertThat(over.errors()).contains("--out: is one of the pictures, and would be lost");
    assertThat(photo).exists();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--method=gradiant       | 2 | Did you mean 'gradient'?",
        "--method={gradient: {x: 1}} | 2 | unknown key 'x'",
        "--class=boat            | 2 | there is no class 'boat'",
        "--class=10              | 2 | 0 to 9",
        "--layer=conv9           | 2 | Did you mean 'conv",
        "--top=0                 | 2 | at least 1",
        "--model=/no/such.onnx   | 2 | There is no model file '/no/such.onnx'",
        "/no/such.jpg            | 3 | There is no picture",
        "'photos/[.jpg'          | 3 | There is no picture",
        "'./[.jpg'               | 2 | is no name of a file, and no pattern of names",
        "--preprocessing=none    | 2 | Maybe name it with --model",
        "--input-shape=1,2,2     | 2 | Maybe name it with --model",
        "--reference=/no/such    | 3 | There is no picture",
        "--classes=/no/such.txt  | 3 | one class per line",
      })
  void whatIsWrongIsSaid(String argument, int code, String said) {
    Command refused = Command.here("image", argument, "-o", out("w"));
    assertThat(refused.errors()).contains(said);
    assertThat(refused.exitCode()).isEqualTo(code);
  }
}
