package org.explain4j.experiments.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.configuration.Settings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code explain validate}. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = {
      "Checks an experiment file and prints it with every default filled in;",
      "then, as comments, the passes over the data that a run would make, their memory and time."
    })
final class ValidateCommand implements Callable<Integer> {
  @Mixin private ExperimentOptions options;

  @Option(names = "--no-plan", description = "Check the file only; open neither data nor network.")
  private boolean withoutPlan;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Experiment experiment = options.read();
    spec.commandLine().getOut().print(Settings.yaml(experiment));
    if (!withoutPlan) {
      try (TerminalProgress progress = TerminalProgress.of(spec.commandLine().getErr())) {
        String plan = options.runner(experiment, spec, progress).plan();
        spec.commandLine().getOut().print(plan.replaceAll("(?m)^(?=.)", "# "));
      }
    }
    spec.commandLine().getOut().flush();
    return 0;
  }
}
