package org.explain4j.experiments.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.explain4j.experiments.results.MomentsFile;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code explain merge}. */
@Command(
    name = "merge",
    mixinStandardHelpOptions = true,
    description = {
      "Adds up the moments of all shards of an experiment.",
      "'explain run --moments OUT' then continues from them."
    })
final class MergeCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "OUT", description = "The file to write.")
  private Path out;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "IN",
      description = "Files that 'explain moments' wrote, one for each shard.")
  private List<Path> files;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    MomentsFile.merge(out, files);
    spec.commandLine().getOut().println(out.toAbsolutePath().normalize());
    return 0;
  }
}
