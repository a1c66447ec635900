package org.explain4j.datasets.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.explain4j.api.Dataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the locale has no letters beyond ASCII, Java reads no other file names by their text. */
final class LocaleTest {
  @TempDir private Path base;

  /** Opens {@code p} in its own process. */
  public static void main(String[] arguments) throws IOException {
    Dataset data = SampleFolder.whole("p", 0).open(Path.of(arguments[0]));
    String text = data.classNames() + " " + data.train().inputs(0, 1).size(0);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      System.out.printf("%02x", b);
    }
  }

  @Test
  void aClassFolderNamedInFrenchIsReadUnderTheLocaleC() throws Exception {
    ProcessBuilder c =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            LocaleTest.class.getName(),
            base.toString());
    c.environment().put("LC_ALL", "C");
    SampleFolder folder = new SampleFolder(base);
    folder.image("p/ete/1.png", 1);
    folder.image("p/hiver/1.png", 1);
    // This process may have such a locale as well: the shell writes the name.
    Process rename =
        new ProcessBuilder("sh", "-c", "mv ete \"$(printf '\\303\\251t\\303\\251')\"")
            .directory(base.resolve("p").toFile())
            .start();
    assertThat(rename.waitFor()).isZero();
    Process process = c.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    byte[] expected = "[hiver, \u00e9t\u00e9] 2".getBytes(StandardCharsets.UTF_8);
    assertThat(output).contains(java.util.HexFormat.of().formatHex(expected));
  }
}
