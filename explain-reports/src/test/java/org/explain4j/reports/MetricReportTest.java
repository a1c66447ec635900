package org.explain4j.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.explain4j.reports.runs.MetaScore;
import org.explain4j.reports.runs.MetaScore.Space;
import org.explain4j.reports.runs.MetricNote;
import org.explain4j.reports.runs.RunTable;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** What was not run for its cost, and which metrics deserve belief. */
class MetricReportTest extends ReportOfSample {
  @Test
  void methodsThatWereTooCostlyForAMetricAreNamedBesideItsScores() throws IOException {
    String why = "cost: an explanation needs 1,000 passes, and 'budget' allows 60";
    List<MetricNote> notes =
        List.of(
            MetricNote.notRunFor("lime", "degradation", why, "degradation"),
            MetricNote.notRunFor("rise", "degradation", why, "degradation"),
            MetricNote.notRunFor("lime", "max-sensitivity", why, "robustness"));
    run.file("notes.csv", RunTable.NOTES.csv(notes));
    Document report = report();
    assertThat(report.select("#metric-degradation p").first().text())
        .isEqualTo("Not run for lime, rise: " + why + ".");
    assertThat(report.select("#metric-robustness").text())
        .as("a metric without any score")
        .isEqualTo("Robustness max-sensitivity Not run for lime: " + why + ".");
  }

  private static MetaScore judged(String metric, Space space, double mc, long disruptive) {
    return new MetaScore(
        metric, "auc", space, mc, mc, mc, mc, mc, 90, disruptive, 5, 5, 20, Optional.empty());
  }

  private Element metaEvaluation(MetaScore... rows) throws IOException {
    run.file("meta-evaluation.csv", RunTable.META_EVALUATION.csv(List.of(rows)));
    return report().select("#meta-evaluation").first();
  }

  @Test
  void metricsAreSortedByTheMeanOfBothKindsOfPerturbation() throws IOException {
    Element section =
        metaEvaluation(
            judged("deletion", Space.INPUT, 0.5, 40),
            judged("road", Space.INPUT, 0.4, 40),
            judged("irof", Space.INPUT, Double.NaN, 0),
            MetaScore.notJudged("mprt", Space.INPUT, "cost: too much"),
            judged("deletion", Space.WEIGHTS, 0.6, 50),
            judged("road", Space.WEIGHTS, 0.9, 50),
            judged("irof", Space.WEIGHTS, 0.7, 50),
            MetaScore.notJudged("mprt", Space.WEIGHTS, "cost: too much"));
    assertThat(section.select("h2").text()).startsWith("Which metrics deserve belief");
    assertThat(section.select("tbody tr td:first-child").eachText())
        .containsExactly("road", "deletion", "irof", "mprt");
    assertThat(section.select("tbody tr").get(0).select("td").eachText())
        .startsWith("road", "auc", "0.650", "0.400")
        .endsWith("90", "50");
    assertThat(section.select("tbody tr").get(2).select("td").get(2).text())
        .as("the mean of something undefined")
        .isEqualTo("n/a");
    assertThat(section.text())
        .contains("arXiv 2302.07265", "20 images of up to 5 methods, 5 perturbations")
        .contains(
            "irof, perturbed input: adversary reactivity is undefined: no prediction changed.")
        .contains("mprt, perturbed weights: cost: too much.");
    assertThat(section.select("figure svg"))
        .as("a chart for inputs, one for weights")
        .hasSize(2)
        .satisfies(charts -> assertThat(charts.get(0).select("circle")).hasSize(2))
        .satisfies(charts -> assertThat(charts.get(1).select("circle")).hasSize(3));
  }

  @Test
  void metricsOfWhichNothingIsDefinedHaveATableAndNoChart() throws IOException {
    Element section = metaEvaluation(MetaScore.notJudged("mprt", Space.INPUT, "cost: too much"));
    assertThat(section.select("figure")).isEmpty();
    assertThat(section.select("tbody tr")).hasSize(1);
  }

  @Test
  void whatAnExperimentLeavesOutIsRepeated() throws IOException {
    assertThat(report().select("#left-out")).isEmpty();
    run.file("effective.yaml", "report: {left-out: {focus: it needs masks}}\n");
    assertThat(report().select("#left-out p").text()).isEqualTo("focus: it needs masks.");
  }
}
