package org.explain4j.reports;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The page of a run of middle size, to be opened in a {@link Browser}. */
@Tag("slow")
abstract class PageInBrowser {
  static final SampleRun.Size MIDDLE = new SampleRun.Size(12, 3, 80, 4, 4, 21);

  @TempDir Path folder;
  Path page;

  @BeforeEach
  void write() throws IOException {
    SampleRun.write(folder.resolve("run"), MIDDLE);
    page = Report.writePage(folder.resolve("run"));
  }

  /** What a script returns in a window of some size. */
  String play(int width, int height, String script) throws IOException, InterruptedException {
    return new Browser(folder, width, height).result(page, script);
  }
}
