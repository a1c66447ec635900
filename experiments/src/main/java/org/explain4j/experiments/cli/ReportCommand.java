package org.explain4j.experiments.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.explain4j.reports.Report;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code explain report}. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Writes the report of a run again, without computing anything.")
final class ReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "A run directory.")
  private Path directory;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    spec.commandLine().getOut().println(Report.write(directory).toAbsolutePath().normalize());
    return 0;
  }
}
