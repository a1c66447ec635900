package org.explain4j.experiments.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.explain4j.experiments.configuration.Combination;
import org.explain4j.experiments.configuration.ConfigurationException;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.configuration.LoadedExperiment;
import org.explain4j.experiments.configuration.Problem;
import org.explain4j.experiments.configuration.Settings;
import org.explain4j.experiments.results.Errors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code explain validate}. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = {
      "Checks an experiment file and prints it with every default filled in.",
      "Then prints, as comments, the passes over the data that a run would make."
    })
final class ValidateCommand implements Callable<Integer> {
  @Mixin private ExperimentOptions options;

  @Option(
      names = "--no-plan",
      description = "Check the file only, without opening data or network.")
  private boolean withoutPlan;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    LoadedExperiment loaded = options.load();
    if (!loaded.problems().isEmpty()) {
      throw new ConfigurationException(
          Stream.concat(loaded.problems().stream(), furtherProblems(loaded).stream()).toList());
    }
    Experiment experiment = loaded.experiment();
    String plan = withoutPlan ? "" : plan(experiment);
    spec.commandLine().getOut().print(Settings.yaml(experiment));
    List<Combination> runs =
        experiment.matrix().isEmpty() ? List.of() : Combination.of(experiment.matrix());
    for (int i = 0; i < runs.size(); i++) {
      options.read(runs.get(i));
      spec.commandLine()
          .getOut()
          .printf("# run %d of %d: %s%n", i + 1, runs.size(), runs.get(i).label());
    }
    spec.commandLine().getOut().print(plan.replaceAll("(?m)^(?=.)", "# "));
    spec.commandLine().getOut().flush();
    return 0;
  }

  private String plan(Experiment experiment) throws IOException {
    try (TerminalProgress progress = Terminal.progress(spec)) {
      return options.located(() -> options.runner(experiment, spec, progress).plan());
    }
  }

  /** Problems that data and network reveal about the correct part of a file with errors. */
  private List<Problem> furtherProblems(LoadedExperiment loaded) {
    Experiment partial = loaded.partial();
    if (withoutPlan || partial.dataset().isEmpty() || partial.model().isEmpty()) {
      return List.of();
    }
    try (TerminalProgress progress = Terminal.progress(spec)) {
      options.opening(partial, progress).openIfReady();
      return List.of();
    } catch (ConfigurationException e) {
      return loaded.located(e);
    } catch (IOException | RuntimeException e) {
      return loaded.located(new ConfigurationException("dataset", Errors.message(e)));
    }
  }
}
