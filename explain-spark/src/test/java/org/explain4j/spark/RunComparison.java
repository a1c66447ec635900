package org.explain4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Two run directories that should hold the same but for times and rounding. */
final class RunComparison {
  private RunComparison() {}

  static Set<String> files(Path run) throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.walk(run)) {
      files
          .filter(Files::isRegularFile)
          .map(file -> run.relativize(file).toString())
          .forEach(names::add);
    }
    return names;
  }

  /** Numbers to 1e-6, all else exactly; times excepted. */
  static void assertSameTable(Path one, Path other, String table) throws IOException {
    List<String> expected = Files.readAllLines(one.resolve(table));
    List<String> found = Files.readAllLines(other.resolve(table));
    assertThat(found).as(table).hasSameSizeAs(expected);
    int seconds = List.of(expected.get(0).split(",", -1)).indexOf("seconds");
    for (int i = 0; i < expected.size(); i++) {
      String[] mine = expected.get(i).split(",", -1);
      String[] theirs = found.get(i).split(",", -1);
      assertThat(theirs).as(table + " " + i).hasSameSizeAs(mine);
      for (int j = 0; j < mine.length; j++) {
        if (j != seconds) {
          assertSame(table + " " + expected.get(i), mine[j], theirs[j]);
        }
      }
    }
  }

  private static void assertSame(String where, String mine, String theirs) {
    if (mine.matches("-?\\d+\\.\\d+(E-?\\d+)?")) {
      double number = Double.parseDouble(mine);
      assertThat(Double.parseDouble(theirs))
          .as(where)
          .isCloseTo(number, within(1e-6 * Math.max(1, Math.abs(number))));
    } else {
      assertThat(theirs).as(where).isEqualTo(mine);
    }
  }

  /** The report's sentences and tables, without times and what is of the machine. */
  static String text(Path run) throws IOException {
    String page = Files.readString(run.resolve("report/index.html"));
    String seen = page.substring(page.indexOf("<section"), page.indexOf("<section id=\"times\""));
    return seen.replaceAll("(?s)data:image[^\"]*|<svg.*?</svg>", "")
        .replaceAll("−?\\d+\\.\\d{2,}(e[−-]?\\d+)?", "#"); // also of the sign of what rounds to 0
  }
}
