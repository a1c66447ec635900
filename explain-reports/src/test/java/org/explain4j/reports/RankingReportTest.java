package org.explain4j.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.explain4j.api.Group;
import org.explain4j.reports.runs.MeanRank;
import org.explain4j.reports.runs.MetaScore;
import org.explain4j.reports.runs.MetaScore.Space;
import org.explain4j.reports.runs.MetricAgreement;
import org.explain4j.reports.runs.MetricRank;
import org.explain4j.reports.runs.RankingTest;
import org.explain4j.reports.runs.RunTable;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ranking in a report. */
class RankingReportTest extends ReportOfSample {
  private static final Group GROUP = Group.ATTRIBUTION;

  private <R extends Record> void write(RunTable<R> table, List<R> rows) throws IOException {
    Files.writeString(folder.resolve(table.file()), table.csv(rows));
  }

  @BeforeEach
  void writeRanking() throws IOException {
    write(
        RunTable.RANKINGS,
        List.of(
            new MeanRank(GROUP, "first", 1.25, 1, 1.5, 3, true),
            new MeanRank(GROUP, "second", 1.75, 1.5, 2, 3, true),
            new MeanRank(GROUP, "third", 3, 2.5, 3, 3, false)));
    write(RunTable.RANKING_TESTS, List.of(new RankingTest(GROUP, 3, 3, 1, 6.5, .04, 1.5, "dear")));
    write(
        RunTable.RANKS,
        List.of(
            rank("one", "first", 1),
            rank("one", "second", 2),
            rank("one", "third", 3),
            rank("two", "first", 1.5),
            rank("two", "second", 1.5),
            rank("two", "third", 3),
            rank("dear", "first", 1),
            rank("dear", "second", 2)));
    write(
        RunTable.METRIC_AGREEMENT,
        List.of(
            new MetricAgreement(GROUP, "one", "two", .8165),
            new MetricAgreement(GROUP, "one", "dear", 1),
            new MetricAgreement(GROUP, "two", "dear", Double.NaN)));
  }

  private static MetricRank rank(String metric, String explainer, double rank) {
    return new MetricRank("", metric, "family", "score", GROUP, explainer, rank, 3);
  }

  private Element section() throws IOException {
    return report().getElementById("ranking");
  }

  private static List<String> row(Element table, int row) {
    return table.select("tbody tr").get(row).select("td").eachText();
  }

  @Test
  void theLeaderboardMarksTheBestAndWhoIsNotBehind() throws IOException {
    Element table = section().select("table").first();
    assertThat(row(table, 0)).containsExactly("first", "1.25 [1.00, 1.50]★", "1", "3");
    assertThat(row(table, 1)).containsExactly("second", "1.75 [1.50, 2.00]?", "2", "3");
    assertThat(row(table, 2)).containsExactly("third", "3.00 [2.50, 3.00]", "3", "3");
    assertThat(section().text()).contains("Left out, because some method has no value: dear.");
  }

  @Test
  void ranksAreShadedByTheirPlaceAmongThoseRanked() throws IOException {
    Element table = section().select("table").get(1);
    assertThat(table.select("thead th").eachText()).containsExactly("method", "one", "two", "dear");
    assertThat(row(table, 1)).containsExactly("second", "2", "1.5", "2");
    assertThat(row(table, 2)).containsExactly("third", "3", "3", "n/a");
    assertThat(table.select("tbody tr").get(0).select("td").get(1).attr("style"))
        .isEqualTo("--shade: 45%");
    assertThat(table.select("tbody tr").get(1).select("td").get(1).attr("style"))
        .isEqualTo("--shade: 23%");
    assertThat(table.select("tbody tr").get(2).select("td").get(1).hasAttr("style")).isFalse();
  }

  @Test
  void aMetricsBeliefStandsBesideItsName() throws IOException {
    write(
        RunTable.META_EVALUATION,
        List.of(
            new MetaScore(
                "one", "score", Space.INPUT, 1, 1, 1, 0, .75, 9, 9, 3, 5, 9, Optional.empty()),
            new MetaScore(
                "one", "score", Space.WEIGHTS, 1, 0, 0, 0, .25, 9, 9, 3, 5, 9, Optional.empty())));
    assertThat(section().select("table").get(1).select("thead th").eachText())
        .containsExactly("method", "one (MC 0.50)", "two", "dear");
  }

  @Test
  void agreementIsAMatrixWithItsMean() throws IOException {
    Element table = section().select("details table").first();
    assertThat(row(table, 0)).containsExactly("one", "1", "0.82", "1.00");
    assertThat(row(table, 2)).containsExactly("dear", "1.00", "n/a", "1");
    assertThat(section().text()).contains("Mean over pairs: 0.91.");
  }

  @Test
  void theDiagramHasAHalfCriticalDifferenceOnEachSide() throws IOException {
    assertThat(section().select("figcaption").text())
        .contains("half of Nemenyi's critical difference, 1.50, to either side")
        .contains("p = 0.040, 3 methods, 3 metrics");
    assertThat(section().select("svg text").eachText()).contains("first", "second", "third");
  }

  @Test
  void aRunWithoutRankingsHasNoSuchSection() throws IOException {
    Files.delete(folder.resolve("ranking-tests.csv"));
    assertThat(section()).isNull();
  }
}
