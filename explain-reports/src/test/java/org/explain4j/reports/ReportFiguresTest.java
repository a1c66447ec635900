package org.explain4j.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report and the figures beside it. */
class ReportFiguresTest {
  @TempDir private Path folder;

  @BeforeEach
  void writeRun() {
    SampleRun.write(folder, SampleRun.Size.SMALL);
  }

  private Document report() throws IOException {
    return Jsoup.parse(Report.write(folder).toFile());
  }

  /** Every file under the report, by its path, as text of one character per byte. */
  private Map<Path, String> written() throws IOException {
    Report.write(folder);
    Map<Path, String> files = new TreeMap<>();
    try (var all = Files.walk(folder.resolve("report"))) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(file, Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
      }
    }
    return files;
  }

  @Test
  void theSameRunGivesTheSameBytes() throws IOException {
    Map<Path, String> first = written();
    assertThat(first).hasSizeGreaterThan(60);
    assertThat(written().equals(first)).isTrue(); // a difference is too long to be printed
  }

  @Test
  void damagedFiguresAreWrittenAnew() throws IOException {
    Map<Path, String> first = written();
    for (Path file : first.keySet()) {
      Files.write(file, new byte[] {1});
    }
    assertThat(written().equals(first)).isTrue();
  }

  @Test
  void everyChartAndPictureLinksFilesThatAreThere() throws IOException {
    Document report = report();
    assertThat(report.select(".panel, figure:has(.grid)"))
        .allSatisfy(
            drawn ->
                assertThat(drawn.select(".files a").eachText())
                    .containsExactly("PNG", "SVG", "PDF"));
    assertThat(report.select(".grid td:has(img)")).allMatch(cell -> !cell.select("a").isEmpty());
    assertThat(report.select("a[href^=figures]").eachAttr("href"))
        .hasSizeGreaterThan(30)
        .doesNotHaveDuplicates()
        .allSatisfy(link -> assertThat(folder.resolve("report").resolve(link)).isNotEmptyFile());
  }

  @Test
  void figuresThatCannotBeWrittenLeaveAWholePageWithoutLinks() throws IOException {
    Document before = Jsoup.parse(Report.writePage(folder).toFile());
    Path figures = folder.resolve("report/figures");
    Files.writeString(figures, "not a folder");
    assertThatThrownBy(this::report)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("figures");
    Document page = Jsoup.parse(folder.resolve("report/index.html").toFile());
    assertThat(page.select("a[href^=figures]")).isEmpty();
    assertThat(page.select("svg, img")).hasSameSizeAs(before.select("svg, img"));
  }

  @Test
  void figuresThatNobodyAskedForAreNotWrittenAndEarlierOnesGo() throws IOException {
    assertThat(written()).hasSizeGreaterThan(60);
    Path yaml = folder.resolve("effective.yaml");
    Files.writeString(yaml, Files.readString(yaml) + "\nreport: {figures: false}\n");
    assertThat(report().select("a[href^=figures]")).isEmpty();
    assertThat(written()).containsOnlyKeys(folder.resolve("report/index.html"));
  }
}
