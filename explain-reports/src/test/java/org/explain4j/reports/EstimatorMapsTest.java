package org.explain4j.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The paper's Fig. 4b. */
class EstimatorMapsTest {
  @TempDir private Path folder;

  @Test
  void aColumnNamesTheMethodThatDrewItUnlessThatIsTheUsualOne() throws IOException {
    SampleRun run = SampleRun.write(folder, SampleRun.Size.SMALL);
    String maps = Files.readString(folder.resolve("estimator-maps.csv"));
    Path attributions = folder.resolve("attributions");
    Files.copy(
        attributions.resolve("map-linear.npy"),
        attributions.resolve("pattern-attribution linear.npy"));
    Files.copy(attributions.resolve("map-filter.npy"), attributions.resolve("lrp-0.npy"));
    run.file(
        "estimator-maps.csv",
        maps.replace("map-linear", "pattern-attribution linear").replace("map-filter", "lrp-0"));
    Element section =
        Jsoup.parse(Report.writePage(folder).toFile()).select("#estimator-maps").first();
    assertThat(section.select("thead th").eachText()).contains("linear", "filter, drawn by lrp-0");
    assertThat(section.text())
        .contains("drawn by pattern-attribution with it where its name says no other");
  }
}
