package org.explain4j.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.runs.MetricNote;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;
import org.explain4j.reports.runs.Score;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest extends ReportOfSample {
  @Test
  void everySectionIsThere() throws IOException {
    Document report = report();
    assertThat(report.select("section").eachAttr("id"))
        .containsExactly(
            "summary",
            "failures",
            "claims",
            "signal-recovery",
            "signal-quality",
            "metric-degradation",
            "estimator-maps",
            "images",
            "times",
            "network",
            "provenance");
    assertThat(report.select("nav a").eachAttr("href"))
        .allSatisfy(link -> assertThat(report.select(link)).hasSize(1));
  }

  @Test
  void headlineNamesExperimentNetworkDataAndAccuracy() throws IOException {
    Document report = report();
    assertThat(report.select("h1").text()).isEqualTo("fashion-mnist");
    assertThat(report.select("#summary .question").text())
        .contains("small-vgg (117,000 parameters, right on 88.4 %", "images of");
    assertThat(report.select("#provenance").text()).contains("A: 8,000, B: 2,000, C: 2,000");
  }

  @Test
  void everyTableOfNumbersSaysHowTheyWereComputed() throws IOException {
    Path environment = folder.resolve("environment.json");
    String noted = Files.readString(environment).replaceFirst("\\{", "{\"precision\": \"fast\",");
    Files.writeString(environment, noted);
    assertThat(report().select("#signal-quality .scroll, #metric-degradation .scroll"))
        .isNotEmpty()
        .allSatisfy(
            table -> assertThat(table.attr("aria-label")).endsWith("Network in float32, fast."));
    assertThat(report().select("#failures, #signal-recovery").text())
        .as("what the network has no part in")
        .doesNotContain("float32");
  }

  @Test
  void summarySaysWhatTheTablesSay() throws IOException {
    String scores = Files.readString(folder.resolve("scores.csv"));
    run.file("scores.csv", scores.replaceAll("(?m),3,0$", ",64,0"));
    String summary = report().select("#summary").text();
    assertThat(summary)
        .contains("linear leads by mean only, undecided against two-component, random in conv2")
        .contains("Among 2 attributions, gradient-x-input", "is better than every other")
        .contains("find the signal's direction (PASS): pattern-attribution.")
        .contains("Worse than a random order: deconvnet and guided-backprop.")
        .contains(
            "Not better than a random order: gradient (undecided) and smoothgrad (undecided).");
  }

  /** Cells of the table rows of a section, first cell as key. */
  static List<List<String>> cells(Element table) {
    List<List<String>> rows = new ArrayList<>();
    for (Element row : table.select("tr")) {
      rows.add(
          row.select("th, td").stream()
              .map(cell -> cell.hasAttr("data-text") ? cell.attr("data-text") : cell.text())
              .toList());
    }
    return rows;
  }

  @Test
  void claimsStandWithTheirVerdictAndEveryStatement() throws IOException {
    List<List<String>> verdicts = cells(report().select("#claims .table table").first());
    assertThat(verdicts).hasSize(7);
    assertThat(verdicts.get(1)).contains("not tested");
    assertThat(verdicts.get(2))
        .containsExactly("2", verdicts.get(2).get(1), "contradicted", "1", "1", "0");
    assertThat(verdicts.get(6)).contains("undecided");
    List<List<String>> statements = cells(report().select("#claims details table").first());
    assertThat(statements.get(2))
        .contains("conv1, target post", "random", "contradicted", "0.200 [0.190, 0.210]");
  }

  @Test
  void scoresAreThoseOfTheFile() throws IOException {
    List<List<String>> cells = cells(report().select("#metric-degradation > .table table").first());
    assertThat(cells.get(0)).contains("morf-mean ↓", "lerf-mean ↑");
    int compared = 0;
    for (Score row : RunDirectory.of(folder).scores()) {
      String label = row.explainer().replace("(baseline)", "random order");
      List<String> line = cells.stream().filter(c -> c.contains(label)).findFirst().orElseThrow();
      assertThat(line).contains(Numbers.interval(row.band()));
      compared++;
    }
    assertThat(compared).isEqualTo(14);
  }

  @Test
  void curvesHaveAPanelForEachGroupAndTheBaselineInEach() throws IOException {
    var figures = report().select("#metric-degradation figure");
    assertThat(figures).hasSize(2);
    assertThat(figures)
        .allSatisfy(
            figure -> {
              assertThat(figure.select("h4").eachText())
                  .containsExactly("function", "signal", "attribution");
              assertThat(figure.select("svg"))
                  .allSatisfy(
                      svg -> assertThat(svg.select("text").text()).contains("random order"));
            });
  }

  @Test
  void imagesStandWithLabelPredictionAndConfidence() throws IOException {
    Document report = report();
    Element row = report.select("#images tbody tr").first();
    assertThat(row.select("th span").eachText())
        .containsExactly("true: t-shirt", "predicted: t-shirt (90.0 %)");
    assertThat(row.select("td img")).hasSize(6);
    assertThat(report.select("#images .group").eachText())
        .containsExactly("function", "signal", "attribution");
    assertThat(report.select("#images figcaption").text())
        .contains("x / (2 m) + 1/2", "the first 3 of 3 images");
  }

  @Test
  void failuresAreProminent() throws IOException {
    assertThat(report().select("#failures").text())
        .contains("1 part of this run failed", "occlusion", "The window (9) is larger");
  }

  @Test
  void nothingIsFetched() throws IOException {
    Document report = report();
    assertThat(report.select("link, iframe, object, embed, script[src]")).isEmpty();
    for (String attribute : List.of("src", "href", "xlink:href", "data")) {
      assertThat(report.select("[" + attribute + "]").eachAttr(attribute))
          .allSatisfy(value -> assertThat(value).matches("(?s)(data:image/(png|jpeg)|#).*"));
    }
    String text = Files.readString(folder.resolve("report/index.html"));
    assertThat(text).doesNotContain("@import").doesNotContainPattern("url\\([^#]");
    assertThat(text.replace("xmlns=\"http://www.w3.org/2000/svg\"", "")).doesNotContain("http");
  }

  @Test
  void hostileTextIsEscaped() throws IOException {
    String hostile = "<script>alert(1)</script><b x='";
    for (RunTable<?> table : RunTable.all()) {
      if (!Files.exists(folder.resolve(table.file()))) {
        continue; // the report shows nothing of it
      }
      String text = Files.readString(folder.resolve(table.file()));
      text =
          text.replace("gradient", hostile)
              .replace("conv1", hostile)
              .replace("linear", hostile)
              .replace("t-shirt", hostile)
              .replace("4 x 4", hostile)
              .replace("The window", hostile);
      run.file(table.file(), text);
    }
    run.file("environment.json", "{\"experiment\": \"" + hostile + "\", \"model\": {}}");
    run.file("effective.yaml", "name: \"" + hostile + "\"\n");
    Document report = report();
    assertThat(report.select("script")).hasSize(1);
    assertThat(report.select("b")).isEmpty();
    assertThat(report.title()).isEqualTo(hostile);
    assertThat(report.select("svg text").eachText()).anyMatch(text -> text.contains("<script>"));
    assertThat(report.select("#provenance pre").text()).contains(hostile);
  }

  @Test
  void missingNumbersAreShownAndLeaveGaps() throws IOException {
    String curves = Files.readString(folder.resolve("curves.csv"));
    run.file("curves.csv", curves.replaceAll("gradient,2,2\\.0+,[^\\n]*", "gradient,2,2.0,,,,3"));
    String scores = Files.readString(folder.resolve("scores.csv"));
    run.file("scores.csv", scores.replaceAll("lower,gradient,[^\\n]*", "lower,gradient,NaN,,,3,3"));
    List<List<String>> cells = cells(report().select("#metric-degradation > .table table").first());
    List<String> gradient =
        cells.stream().filter(c -> c.contains("gradient")).findFirst().orElseThrow();
    assertThat(gradient).contains("n/a").contains("0–3");
  }

  @Test
  void curveWithoutAnyNumberHasNoLine() throws IOException {
    String curves = Files.readString(folder.resolve("curves.csv"));
    run.file(
        "curves.csv",
        curves.replaceAll("(morf,(?:gradient|\\(baseline\\)),\\d+,[0-9.]+),[^\\n]*", "$1,,,,3"));
    Element figure = report().select("#metric-degradation figure").first();
    assertThat(figure.select("svg").first().select("text").eachText())
        .contains("smoothgrad")
        .doesNotContain("gradient", "random order");
  }

  @Test
  void everyChartHasItsNumbersWithItOrALinkToThem() throws IOException {
    Document report = report();
    assertThat(report.select("figure:has(.chart)"))
        .hasSizeGreaterThan(5)
        .allSatisfy(
            figure -> {
              String link = figure.select("figcaption a.numbers").attr("href");
              Element place = link.isEmpty() ? figure : report.select(link).first();
              assertThat(place).as(link).isNotNull();
              assertThat(place.select("table tbody tr")).as(figure.text()).isNotEmpty();
            });
  }

  @Test
  void metricsOfAFamilyAreTabs() throws IOException {
    Path scores = folder.resolve("scores.csv");
    String second =
        Files.readString(scores)
            .lines()
            .skip(1)
            .collect(Collectors.joining("\n"))
            .replaceAll("(?m)^degradation,", "degradation-2,");
    Files.writeString(scores, Files.readString(scores) + second + "\n");
    assertThat(report().select("#metric-degradation .tabs > label").eachText())
        .containsExactly("degradation", "degradation-2");
  }

  private void notes(MetricNote... notes) {
    run.file("notes.csv", RunTable.NOTES.csv(List.of(notes)));
  }

  @Test
  void aMetricThatWasNotRunForItsCostIsSaidBesideItsFamily() throws IOException {
    notes(MetricNote.notRun("irof", "cost: it needs 9 forward passes", "degradation"));
    Element section = report().select("#metric-degradation").first();
    assertThat(section.select("h3").eachText()).containsExactly("degradation", "irof");
    assertThat(section.select("p").last().text())
        .isEqualTo("Not run: cost: it needs 9 forward passes.");
    assertThat(section.select("figure")).as("what was run stands").hasSize(2);
  }

  @Test
  void aFamilyOfWhichNoMetricWasRunHasItsSection() throws IOException {
    notes(MetricNote.notRun("mprt", "cost: it needs 6 explanations", "randomisation"));
    Document report = report();
    assertThat(report.select("nav a[href=#metric-randomisation]").text())
        .isEqualTo("Randomisation");
    assertThat(report.select("#metric-randomisation").text())
        .isEqualTo("Randomisation mprt Not run: cost: it needs 6 explanations.");
  }

  @Test
  void aMetricSaysWhatItMeasuresAndNoScoreIsItsOwnMeaning() throws IOException {
    notes(MetricNote.measures("degradation", "Patches are replaced", "degradation"));
    Element section = report().select("#metric-degradation").first();
    assertThat(section.select("p").first().text()).isEqualTo("Patches are replaced.");
    assertThat(section.text()).doesNotContain("morf-mean: morf-mean");
  }

  @Test
  void pageOfALargeRunStaysBelowFiveMegabytes(@TempDir Path large) throws IOException {
    SampleRun.write(large, SampleRun.Size.LARGE);
    assertThat(Files.size(Report.writePage(large))).isLessThan(5_000_000);
  }
}
