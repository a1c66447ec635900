package org.explain4j.reports;

import java.nio.file.Path;

/** Writes sample reports to look at. */
final class Preview {
  public static void main(String[] folder) throws Exception {
    Report.write(SampleRun.write(Path.of(folder[0], "small"), SampleRun.Size.SMALL).path());
    Report.write(SampleRun.write(Path.of(folder[0], "large"), SampleRun.Size.LARGE).path());
  }
}
