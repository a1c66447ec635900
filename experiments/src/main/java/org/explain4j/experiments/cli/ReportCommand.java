package org.explain4j.experiments.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.explain4j.experiments.results.JsonText;
import org.explain4j.reports.Report;
import org.explain4j.reports.Summary;
import org.explain4j.reports.SweepReport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code explain report}. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Writes the report of a run again, without computing anything.")
final class ReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "A run directory.")
  private Path directory;

  /** What the report is given as. */
  private enum Format {
    html,
    md,
    json
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "html",
      description =
          "html writes the page and prints its path; md prints texts and tables, json the answer"
              + " and its numbers (default: ${DEFAULT-VALUE}).")
  private Format format;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    spec.commandLine()
        .getOut()
        .println(
            switch (format) {
              case html -> page().toAbsolutePath().normalize();
              case md ->
                  SweepReport.isSweep(directory)
                      ? SweepReport.markdown(directory)
                      : Report.markdown(directory);
              case json -> JsonText.of(Summary.of(directory));
            });
    return 0;
  }

  private Path page() throws IOException {
    return SweepReport.isSweep(directory) ? SweepReport.write(directory) : Report.write(directory);
  }
}
