package org.explain4j.experiments.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.explain4j.api.Progress;
import org.explain4j.experiments.configuration.ConfigurationException;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.configuration.ExperimentFile;
import org.explain4j.experiments.configuration.LoadedExperiment;
import org.explain4j.experiments.setup.Opening;
import org.explain4j.experiments.stages.Place;
import org.explain4j.experiments.stages.Runner;
import org.explain4j.network.arrays.Workers;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the commands have in common that take an experiment file. */
final class ExperimentOptions {
  @Parameters(paramLabel = "FILE", description = "Experiment file (YAML).")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Replaces a value of the file, before anything is checked: --set splits.a=500,"
              + " --set explainers.0=gradient.")
  private List<String> overrides = List.of();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that compute at once (default: all processors).")
  private Integer threads;

  @ArgGroup(exclusive = false)
  private Plugins plugins = new Plugins();

  private LoadedExperiment loaded;

  Experiment read() throws IOException {
    return load().experiment();
  }

  LoadedExperiment load() throws IOException {
    if (threads != null && threads < 1) {
      throw new ConfigurationException(
          "--threads",
          "(%d) must be at least 1\nLeave it out for all processors.".formatted(threads));
    }
    loaded = ExperimentFile.load(file, overrides, plugins.load());
    return loaded;
  }

  /** Something that is done with the experiment. */
  interface Work<T> {
    T run() throws IOException;
  }

  /** Does it; what turns out to be wrong with the configuration is shown at the file's lines. */
  <T> T located(Work<T> work) throws IOException {
    try {
      return work.run();
    } catch (ConfigurationException e) {
      throw loaded == null ? e : new ConfigurationException(loaded.located(e));
    }
  }

  /** Runs it; the plan goes to the errors, where progress goes. */
  Runner runner(Experiment experiment, CommandSpec spec, Progress progress) throws IOException {
    if (threads != null) {
      Workers.limit(threads);
    }
    PrintWriter lines = spec.commandLine().getErr();
    return new Runner(
        experiment,
        Place.of(file, plugins.jars()),
        progress,
        plan -> {
          lines.print(plan);
          lines.flush();
        });
  }

  /** Opens what it names. */
  Opening opening(Experiment experiment, Progress progress) {
    Place place = Place.of(file, List.of());
    return new Opening(experiment, place.base(), place.cache(), progress);
  }
}
