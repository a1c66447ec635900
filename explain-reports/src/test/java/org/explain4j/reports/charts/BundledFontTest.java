package org.explain4j.reports.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Charts are drawn in processes of their own: graphics looks for fonts once. */
final class BundledFontTest {
  @TempDir private Path folder;

  /** Draws a chart and prints it. */
  static final class Draw {
    private Draw() {}

    public static void main(String[] arguments) {
      Line line = Line.of("line", new double[] {0, 1}, new double[] {0, 1}, Line.Look.of(0));
      System.out.println(
          new Chart(
                  "a chart",
                  Chart.Axis.of("abscissa"),
                  Chart.Axis.of("y"),
                  List.of(),
                  List.of(line),
                  Chart.Size.PANEL)
              .svg());
    }
  }

  /** What a process that draws prints; it does not find what Java remembers of the real fonts. */
  private String drawn(String fonts, String temporary) throws IOException, InterruptedException {
    Path configuration =
        Files.writeString(
            folder.resolve("fonts.conf"),
            "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\">"
                + "<fontconfig>"
                + fonts
                + "</fontconfig>");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                "-Duser.home=" + folder,
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Draw.class.getName())
            .redirectErrorStream(true);
    builder.environment().put("FONTCONFIG_FILE", configuration.toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void chartsAreTheSameWhereThereIsNoFont() throws Exception {
    String temporary = Files.createDirectory(folder.resolve("tmp")).toString();
    String without = drawn("", temporary);
    assertThat(without).contains("<svg").contains("<path");
    assertThat(chart(without)).isEqualTo(chart(drawn("<dir>/usr/share/fonts</dir>", temporary)));
    assertThat(Path.of(temporary)).isDirectoryNotContaining("glob:**explain4j*");
  }

  /** What comes after the system's complaints about missing fonts. */
  private static String chart(String output) {
    return output.substring(output.indexOf("<svg"));
  }

  @Test
  void aFolderForTemporaryFilesThatIsNotThereIsNamedWithTheOption() throws Exception {
    assertThat(drawn("", folder.resolve("none").toString()))
        .contains("Charts need a font")
        .contains(folder.resolve("none").toString())
        .contains("-Djava.io.tmpdir=DIR");
  }
}
