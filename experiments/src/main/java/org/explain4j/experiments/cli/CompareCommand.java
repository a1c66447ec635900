package org.explain4j.experiments.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.explain4j.experiments.stages.RunPairs;
import org.explain4j.reports.Comparison;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code explain compare}. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description =
        "Shows several runs side by side: where their configurations differ, and their results.")
final class CompareCommand implements Callable<Integer> {
  @Parameters(arity = "2..*", paramLabel = "DIR", description = "Run directories.")
  private List<Path> directories;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "comparison.html",
      description = "The page to write (default: ${DEFAULT-VALUE}).")
  private Path out;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Path page = out.toAbsolutePath().normalize();
    List<Comparison.Changes> changes = new ArrayList<>();
    for (Path later : directories.subList(1, directories.size())) {
      changes.add(new Comparison.Changes(later, RunPairs.of(directories.get(0), later)));
    }
    spec.commandLine().getOut().print(Comparison.write(directories, changes, page));
    spec.commandLine().getOut().println(page);
    return 0;
  }
}
