package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** File names with letters beyond ASCII, in a locale that has them and in one that does not. */
@Tag("slow")
@EnabledOnOs(OS.LINUX) // others have names in Unicode whatever the locale
final class LettersTest {
  private static final String EXPERIMENT =
      """
      name: letters
      dataset: {image-folder: {path: %s, test-share: 0.5, channels: 1, resize: 6, crop: 6}}
      model: {tiny-network: {}}
      splits: {a: 2, b: 2, c: 2}
      explain: {images: 2}
      explainers: [gradient]
      """;

  private static final String REASON = "is not a file name: the locale has no such letters\n";
  private static final String ADVICE = "Maybe set LC_ALL=C.UTF-8 in the environment.";

  /** In {@code printf}'s form: this process may not be able to name the files itself. */
  private static final String ETE = "\\303\\251t\\303\\251"; // été

  @TempDir private Path folder;

  private void shell(String command) throws IOException, InterruptedException {
    assertThat(
            new ProcessBuilder("sh", "-ec", command)
                .directory(folder.toFile())
                .inheritIO()
                .start()
                .waitFor())
        .isZero();
  }

  /** Two classes of images, of which one has an accent; twice, in folders with and without. */
  @BeforeEach
  void make() throws IOException, InterruptedException {
    for (String name : List.of("plain/dog", "plain/other")) {
      Path images = Files.createDirectories(folder.resolve(name));
      for (int i = 0; i < 4; i++) {
        BufferedImage image = new BufferedImage(6, 6, BufferedImage.TYPE_BYTE_GRAY);
        image.setRGB(i, 2, 0xffffff);
        ImageIO.write(image, "png", images.resolve(i + ".png").toFile());
      }
    }
    Files.writeString(folder.resolve("plain.yaml"), EXPERIMENT.formatted("plain"));
    Files.writeString(folder.resolve("accent.yaml"), EXPERIMENT.formatted("\u00e9t\u00e9"));
    shell("mv plain/other \"plain/$(printf '" + ETE + "')\"");
    shell("cp -r plain \"$(printf '" + ETE + "')\"");
    shell("cp accent.yaml \"$(printf '" + ETE + "').yaml\"");
  }

  /**
   * @param arguments for a shell, with {@code $E} for été
   */
  private Command run(String locale, String arguments) throws Exception {
    String script = "E=$(printf '" + ETE + "'); exec \"$@\" " + arguments;
    return Command.Child.PLAIN.with("LC_ALL", locale).prefix("sh", "-c", script, "sh").run(folder);
  }

  @Test
  void theyWorkInALocaleThatHasThem() throws Exception {
    Command run = run("C.UTF-8", "run $E.yaml --out out-$E");
    assertThat(run.exitCode()).as(run.errors()).isZero();
    shell("mv \"out-$(printf '" + ETE + "')\" out");
    assertThat(folder.resolve("out/images.csv")).content().contains(",\u00e9t\u00e9/");
  }

  @Test
  void inALocaleWithoutThemWhatIsFoundIsReadAndWhatIsNamedIsRefused() throws Exception {
    Command run = run("C", "run plain.yaml --out out");
    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(folder.resolve("out/images.csv")).content().contains(",\u00e9t\u00e9/");
    for (String arguments :
        List.of(
            "run $E.yaml",
            "run plain.yaml --out out-$E",
            "run plain.yaml --plugins $E",
            "run plain.yaml --moments $E",
            "run accent.yaml --out other",
            "inspect $E.onnx",
            "image $E.jpg",
            "image --classes $E.txt",
            "image --reference $E",
            "report $E")) {
      Command refused = run("C", arguments);
      assertThat(refused.exitCode()).as(arguments).isEqualTo(Main.CONFIGURATION);
      assertThat(refused.errors())
          .as(arguments)
          .contains(REASON, ADVICE)
          .doesNotContain("java.nio", "defect");
    }
  }
}
