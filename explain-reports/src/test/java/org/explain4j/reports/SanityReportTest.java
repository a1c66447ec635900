package org.explain4j.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.explain4j.reports.runs.Band;
import org.explain4j.reports.runs.RunTable;
import org.explain4j.reports.runs.Score;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** The sanity checks in a report. */
class SanityReportTest extends ReportOfSample {
  private static Score score(String metric, String score, String explainer, Band band) {
    String direction = score.equals("rise") ? "higher" : "lower";
    return new Score(
        metric,
        "randomisation",
        score,
        direction,
        explainer,
        band,
        20,
        0,
        .02,
        Double.NaN,
        Double.NaN);
  }

  private static Band exactly(double mean) {
    return new Band(mean, Double.NaN, Double.NaN);
  }

  private Element section(Score... scores) throws IOException {
    Files.writeString(folder.resolve(RunTable.SCORES.file()), RunTable.SCORES.csv(List.of(scores)));
    return report().getElementById("sanity");
  }

  @Test
  void aSimilarityThatReachesNineTenthsFailsAndOneBelowDoesNot() throws IOException {
    Element section =
        section(
            score("mprt", "spearman", "gradient", new Band(.8, .7, .8999)),
            score("mprt", "ssim", "gradient", exactly(1)),
            score("mprt", "spearman", "smoothgrad", new Band(.8, .7, .9)));
    assertThat(section.text()).contains("1 of 2 methods fails a check: smoothgrad (mprt).");
    assertThat(section.select("thead th").eachText()).containsExactly("method", "mprt ↓");
    assertThat(section.select("tbody tr").get(0).text()).doesNotContain("✗");
    assertThat(section.select("tbody tr").get(1).text()).contains("✗");
  }

  @Test
  void aRiseThatReachesNoneFails() throws IOException {
    Element section =
        section(
            score("efficient-mprt", "rise", "gradient", new Band(.1, .01, .2)),
            score("efficient-mprt", "rise", "smoothgrad", new Band(.1, -.01, .2)));
    assertThat(section.text())
        .contains("1 of 2 methods fails a check: smoothgrad (efficient-mprt).");
  }

  @Test
  void anExplanationThatIgnoresTheNetworkFailsThoughItHasNoInterval() throws IOException {
    Element section =
        section(
            score("mprt", "spearman", "gradient", exactly(1)),
            score("efficient-mprt", "rise", "gradient", exactly(0)));
    assertThat(section.text())
        .contains("1 of 1 methods fails a check: gradient (mprt and efficient-mprt).");
  }

  @Test
  void whereNothingFailsThatIsSaid() throws IOException {
    Element section =
        section(
            score("mprt", "spearman", "gradient", new Band(.1, 0, .2)),
            score("mprt", "spearman", "smoothgrad", exactly(Double.NaN)));
    assertThat(section.text()).contains("All 2 methods change where they must.");
    assertThat(section.select("tbody tr").get(1).text()).contains("n/a");
  }

  @Test
  void aRunWithoutSuchMetricsHasNoSuchSection() throws IOException {
    assertThat(report().getElementById("sanity")).isNull();
  }
}
