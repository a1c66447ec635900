package org.explain4j.reports;

import java.io.IOException;
import java.nio.file.Path;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A small run, which tests change before they read its report. */
abstract class ReportOfSample {
  @TempDir Path folder;
  SampleRun run;

  @BeforeEach
  void writeRun() {
    run = SampleRun.write(folder, SampleRun.Size.SMALL);
  }

  Document report() throws IOException {
    return Jsoup.parse(Report.writePage(folder).toFile());
  }
}
