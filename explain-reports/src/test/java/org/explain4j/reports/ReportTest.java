package org.explain4j.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  @TempDir Path folder;

  private Document report() throws IOException {
    return Jsoup.parse(Report.write(folder).toFile());
  }

  @Test
  void everySectionIsThere() throws IOException {
    SampleRun.write(folder, SampleRun.Size.SMALL);
    assertThat(report().select("section").eachAttr("id"))
        .containsExactly(
            "summary",
            "failures",
            "signal-recovery",
            "signal-quality",
            "metric-degradation",
            "estimator-maps",
            "images",
            "times",
            "network",
            "provenance");
  }
}
