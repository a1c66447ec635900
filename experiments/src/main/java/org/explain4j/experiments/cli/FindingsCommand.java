package org.explain4j.experiments.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.explain4j.reports.Findings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code explain findings}. */
@Command(
    name = "findings",
    mixinStandardHelpOptions = true,
    description =
        "Writes which of the paper's claims hold on the networks of several runs, as Markdown.")
final class FindingsCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "DIR",
      description = "Run directories of experiments with claims.")
  private List<Path> directories;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "findings.md",
      description = "The page to write (default: ${DEFAULT-VALUE}).")
  private Path out;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Path page = out.toAbsolutePath().normalize();
    Findings.write(directories, page);
    spec.commandLine().getOut().println(page);
    return 0;
  }
}
