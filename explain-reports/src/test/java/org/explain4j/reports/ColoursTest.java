package org.explain4j.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines stand out from the paper, three to one as WCAG asks of graphics. */
class ColoursTest {
  @TempDir private Path folder;

  private static double level(int channel) {
    double share = channel / 255.0;
    return share <= .03928 ? share / 12.92 : Math.pow((share + .055) / 1.055, 2.4);
  }

  private static double luminance(Color color) {
    return .2126 * level(color.getRed())
        + .7152 * level(color.getGreen())
        + .0722 * level(color.getBlue());
  }

  private static double contrast(Color a, Color b) {
    double lighter = Math.max(luminance(a), luminance(b));
    return (lighter + .05) / (Math.min(luminance(a), luminance(b)) + .05);
  }

  private static Color variable(String style, String name) {
    Matcher found = Pattern.compile("--" + name + ": (#[0-9a-f]{6})").matcher(style);
    assertThat(found.find()).as(name).isTrue();
    return Color.decode(found.group(1));
  }

  @Test
  void everyLineHasAContrastOfThreeInLightAndDark() throws IOException {
    SampleRun.write(folder, SampleRun.Size.SMALL);
    String page = Files.readString(Report.writePage(folder));
    String[] parts = page.split("prefers-color-scheme: dark", 2);
    for (String style : List.of(parts[0], parts[1])) {
      Color paper = variable(style, "paper");
      for (String name : List.of("blue", "vermillion", "green", "purple", "orange", "sky")) {
        assertThat(contrast(variable(style, name), paper)).as(name).isGreaterThanOrEqualTo(3);
      }
      for (String name : List.of("ink", "soft", "link", "bad", "good")) {
        assertThat(contrast(variable(style, name), paper)).as(name).isGreaterThanOrEqualTo(4.5);
      }
    }
  }
}
