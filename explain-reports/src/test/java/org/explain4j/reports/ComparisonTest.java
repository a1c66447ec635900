package org.explain4j.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
  @TempDir Path folder;
  private Path first;
  private Path second;

  @BeforeEach
  void writeRuns() throws IOException {
    first = folder.resolve("runs/one");
    second = folder.resolve("runs/two");
    SampleRun.write(first, SampleRun.Size.SMALL);
    SampleRun changed = SampleRun.write(second, SampleRun.Size.SMALL);
    String yaml = Files.readString(second.resolve("effective.yaml"));
    changed.file("effective.yaml", yaml.replace("seed: 1", "seed: 2"));
    String scores = Files.readString(second.resolve("scores.csv"));
    changed.file(
        "scores.csv",
        scores
            .replaceAll("lower,gradient,[0-9.]+", "lower,gradient,0.123456")
            .replaceAll("(?m)^.*lower,smoothgrad,.*\\n", ""));
  }

  private static List<Comparison.Changes> unpaired(Path later) {
    return List.of(new Comparison.Changes(later, Optional.empty()));
  }

  private Document page() throws IOException {
    Path target = folder.resolve("comparison.html");
    Comparison.write(List.of(first, second), unpaired(second), target);
    return Jsoup.parse(target.toFile());
  }

  private static List<String> row(Document page, String section, String... keys) {
    for (Element row : page.select("#" + section + " tr")) {
      List<String> cells = row.select("td").eachText();
      if (cells.containsAll(List.of(keys))) {
        return cells;
      }
    }
    throw new AssertionError("no row with " + List.of(keys) + " in " + section);
  }

  @Test
  void configurationsDifferWhereTheyDiffer() throws IOException {
    Document page = page();
    Element different = page.select("#configuration .table").first();
    assertThat(different.select("tbody tr")).hasSize(1);
    assertThat(different.select("tbody td").eachText()).containsExactly("seed", "1", "2");
    assertThat(page.select("#environment > .table")).isEmpty();
    assertThat(page.select("#environment > p").text())
        .isEqualTo("The runs agree in all of environment.json.");
  }

  @Test
  void resultsStandSideBySide() throws IOException {
    Document page = page();
    List<String> gradient = row(page, "scores", "morf-mean", "gradient");
    assertThat(gradient.get(3)).startsWith("0.123");
    assertThat(row(page, "scores", "morf-mean", "smoothgrad").get(3)).isEqualTo("n/a");
    assertThat(row(page, "rho", "conv1", "linear", "closed-form", "pre", "pre")).contains("0.985");
  }

  @Test
  void resultsThatDifferStandAboveTheEqualOnesWhichAreFolded() throws IOException {
    Document page = page();
    for (Element row : page.select("#scores > .table tbody tr")) {
      assertThat(row.child(2).text()).isNotEqualTo(row.child(3).text());
    }
    assertThat(page.select("#scores > .table tbody tr")).isNotEmpty();
    assertThat(page.select("#scores > details summary").text()).startsWith("Where they agree");
    assertThat(page.select("#scores > details tbody tr")).isNotEmpty();
    assertThat(page.select("#rho > .table")).isEmpty();
    assertThat(page.select("#rho > p").text())
        .startsWith("The runs agree in all of signal-quality.csv");
    assertThat(page.select("#rho > details tbody tr")).isNotEmpty();
  }

  @Test
  void theRunsNumbersStandBehindTheFirstKeys() throws IOException {
    Document page = page();
    assertThat(page.select("#scores > .table th").eachText())
        .containsExactly("explainer", "score", "one", "two", "metric", "direction");
    assertThat(page.select("#rho th").eachText())
        .containsExactly("layer", "estimator", "one", "two", "target", "solver", "fit on");
  }

  @Test
  void terminalGetsTheSameTables() throws IOException {
    String text =
        Comparison.write(
            List.of(first, second), unpaired(second), folder.resolve("comparison.html"));
    assertThat(text)
        .contains("Configurations", "0.123", "The runs agree in all of environment.json.");
    assertThat(text.lines().filter(line -> line.contains("  gradient  ")))
        .as("of its scores only those that differ")
        .isNotEmpty()
        .allMatch(line -> line.contains("0.123"));
    assertThat(text.lines().filter(line -> line.contains("seed")))
        .singleElement()
        .satisfies(line -> assertThat(line.strip()).matches("seed\\s+1\\s+2"));
  }

  @Test
  void runsOfOneNameAreToldApartByTheirFolders() throws IOException {
    Path other = folder.resolve("more/one");
    SampleRun changed = SampleRun.write(other, SampleRun.Size.SMALL);
    String yaml = Files.readString(other.resolve("effective.yaml"));
    changed.file("effective.yaml", yaml.replace("seed: 1", "seed: 3"));
    String text =
        Comparison.write(List.of(first, other), unpaired(other), folder.resolve("comparison.html"));
    assertThat(text).contains("runs/one", "more/one");
  }

  @Test
  void oneRunIsNoComparison() {
    assertThatThrownBy(() -> Comparison.write(List.of(first), List.of(), folder.resolve("x.html")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least two");
  }
}
