package org.explain4j.experiments.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/** {@code explain man}. */
@Command(
    name = "man",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a manual page for each command.",
      "With DIR in a folder such as ~/.local/share/man/man1, 'man explain-run' finds them."
    })
final class ManCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "The folder to write to; it is made if necessary.")
  private Path folder;

  @CommandLine.Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Files.createDirectories(folder);
    CommandSpec root = spec.root();
    write(root);
    for (CommandLine each : root.subcommands().values()) {
      write(each.getCommandSpec());
    }
    spec.commandLine().getOut().println(folder.resolve(ManPage.name(root) + ".1"));
    return 0;
  }

  private void write(CommandSpec command) throws IOException {
    Files.writeString(folder.resolve(ManPage.name(command) + ".1"), ManPage.of(command));
  }
}
