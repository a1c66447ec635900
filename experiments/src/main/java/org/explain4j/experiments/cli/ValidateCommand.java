package org.explain4j.experiments.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.configuration.Settings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code explain validate}. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = "Checks an experiment file and prints it with every default filled in.")
final class ValidateCommand implements Callable<Integer> {
  @Mixin private ExperimentOptions options;
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Experiment experiment = options.read();
    spec.commandLine().getOut().print(Settings.yaml(experiment));
    spec.commandLine().getOut().flush();
    return 0;
  }
}
